"""C5: every number of a register is a letter, booked, or void with a reason; no hole, none twice; and the reverse."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from chassis.ports.documents import Body, Doc
from dokumen.adapters import buku, nomor
from dokumen.bootstrap import App
from dokumen.domain import surat
from dokumen.domain.nomor import BATAL, DIPESAN, SURAT, Buku, lubang
from runtime.check import Findings, everything

Books = Mapping[tuple[str, str, int], list[Body]]


def numbers(found: Findings, app: App, letters: Mapping[str, Body]) -> None:
    opened = {(doc.scope, doc.body["tahun"]): buku.buku(doc.scope, doc.body)
              for doc in everything(app.documents, buku.COLLECTION.name)}  # fmt: skip
    books: dict[tuple[str, str, int], list[Body]] = defaultdict(list)
    for doc in everything(app.documents, nomor.COLLECTION.name):
        body = doc.body
        books[doc.scope, body["seri"], body["tahun"]].append(body)
        for detail in _wrong(doc, letters, opened.get((doc.scope, body["tahun"]))):
            found.bad("C5", f"{doc.scope}/{doc.id}", detail)
    for (office, seri, year), rows in books.items():
        _register(found, f"{office}/{seri}/{year}", rows, _begins(books, opened, (office, seri, year)))
    _reverse(found, books, letters)


def _register(found: Findings, name: str, rows: list[Body], begins: int) -> None:
    given = Counter(row["urut"] for row in rows)
    for gap in lubang(list(given), begins):
        found.bad("C5", name, f"number {gap} is missing")
    for number, times in given.items():
        if times > 1:
            found.bad("C5", name, f"number {number} was given {times} times")
        if number < begins:
            found.bad("C5", name, f"number {number} lies before the first one, {begins}")
    found.counts["nomor"] = found.counts.get("nomor", 0) + len(rows)


def _begins(books: Books, opened: Mapping[tuple[str, int], Buku], register: tuple[str, str, int]) -> int:
    """The register's first number; what release 0.1 left without a book shows it by its first year."""
    office, seri, year = register
    if book := opened.get((office, year)):
        return book.register(seri).awal
    earlier = any(o == office and s == seri and y < year for o, s, y in books)
    return 1 if earlier else min(int(row["urut"]) for row in books[register])


def _wrong(doc: Doc, letters: Mapping[str, Body], book: Buku | None) -> list[str]:
    body = doc.body
    wrong = [_status(doc, letters)]
    if body["register"] != f"{body['seri']}/{body['tahun']}":
        wrong.append("its register is not that of its series and year")
    if book and body.get("klasifikasi") and book.register(body["klasifikasi"]).seri != body["seri"]:
        wrong.append("it is of another series than its office's book")
    return [detail for detail in wrong if detail]


def _status(doc: Doc, letters: Mapping[str, Body]) -> str:
    body = doc.body
    if body["status"] == SURAT:
        letter = letters.get(body["surat"])
        if letter is None:
            return "a number without its letter"
        if letter["status"] == surat.BATAL:
            return "its letter was given up, but the number is not void"
        owned = {(n["kantor"], n["urut"]) for n in letter.get("nomor", ())}
        waiting = letter["status"] == surat.MENUNGGU and not owned
        return "" if waiting or (doc.scope, body["urut"]) in owned else "its letter has another number"
    if body["status"] == BATAL:
        return "" if body.get("alasan") else "void without a reason"
    return "" if body["status"] == DIPESAN else "unknown kind of number"


def _reverse(found: Findings, books: Books, letters: Mapping[str, Body]) -> None:
    held: set[tuple[Any, ...]] = {
        (office, seri, year, row["urut"], row.get("surat"))
        for (office, seri, year), rows in books.items()
        for row in rows
    }
    for id, letter in letters.items():
        for n in letter.get("nomor", ()):
            if (n["kantor"], n["seri"], n["tahun"], n["urut"], id) not in held:
                found.bad("C5", id, f"number {n['urut']} of {n['kantor']} is not in its register")
