"""C6 and C7: everything that a case refers to is there, unchanged and sealed, and nothing else is there.

People send papers while this reads. So objects are listed first, then intents, then documents: whatever is listed had
its intent or its document by then. What looks wrong nevertheless is looked at once more, for its case may have let go
of it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from chassis.ports.documents import Doc
from chassis.ports.errors import Corrupt, NotFound
from dokumen.adapters import kiriman, niat
from dokumen.adapters.otoritas import akar
from dokumen.bootstrap import PERKARA, App
from dokumen.domain import berkas, kunci, perkara
from runtime.check import Findings, everything

Wrong = tuple[str, str, str]  # invariant, id of a paper or letter, what is wrong


def objects(found: Findings, app: App) -> None:
    spare = {info.key for info in app.objects.list("")}
    found.counts["objek"] = len(spare)
    spare -= {doc.body["objek"] for doc in everything(app.documents, niat.COLLECTION.name)}
    for doc in everything(app.documents, PERKARA.name):
        if (state := doc.body["state"]) is None:
            continue
        spare -= perkara.kunci_dipakai(state)
        found.counts["surat"] = found.counts.get("surat", 0) + len(state["surat"])
        for wrong in _case(app, doc):
            found.bad(*wrong)
    sending = {_pieces(doc) for doc in everything(app.documents, kiriman.COLLECTION.name)}
    for key in sorted(spare):
        if key.rpartition(".")[0] not in sending and _unknown(app, key):
            found.bad("C6", key, "an object that no document refers to")


def _pieces(doc: Doc) -> str:
    """What keys of an upload's pieces have before their last dot."""
    return kunci.potongan(doc.scope, doc.body["permohonan"], doc.id).rstrip(".")


def _unknown(app: App, key: str) -> bool:
    """The second look: still no intent, no case that refers to it, and still there."""
    if app.documents.find(niat.COLLECTION.name, {"objek": key}, limit=1):
        return False
    kantor, permohonan, *_ = (*key.split("/"), "", "")
    case = app.perkara.read(kantor, permohonan)
    return (
        key not in perkara.kunci_dipakai(case.state if case else None) and app.objects.stat(key) is not None
    )


def _case(app: App, doc: Doc) -> list[Wrong]:
    """What is wrong with the objects of a case, on the second look too."""
    if not _wrong(app, doc.body["state"]):
        return []
    now = app.perkara.read(doc.scope, doc.id)
    return _wrong(app, now.state) if now else []


def _wrong(app: App, state: Mapping[str, Any]) -> list[Wrong]:
    found = []
    for id, key, digest in _expected(state):
        content, detail = _read(app, key, digest)
        if detail:
            found.append(("C6", id, detail))
        elif id in state["surat"] and (detail := _seals(content, app)):
            found.append(("C7", id, detail))
    return found


def _expected(state: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Paper or letter, key and digest of every object that can be read."""
    for id, paper in state["berkas"].items():
        for key, digest in _of_paper(paper):
            yield id, key, digest
    for id, letter in state["surat"].items():
        if letter.get("objek"):
            yield id, letter["objek"], letter["sha256"]


def _of_paper(paper: Mapping[str, Any]) -> list[tuple[str, str]]:
    if paper["status"] == berkas.DIPERIKSA:
        return [(paper["karantina"], paper["asal"])]
    if paper["status"] in {berkas.BERSIH, berkas.PERINGATAN, berkas.TUMPUKAN}:
        pictures = [perkara.bersebelahan(paper["objek"], sha) for sha in paper.get("gambar_halaman", ())]
        keys = [paper["gambar"], *pictures]
        # A photograph is its own page picture.
        return list(
            dict.fromkeys([(paper["objek"], paper["sha256"]), *((k, k.rpartition("/")[2]) for k in keys)])
        )
    return []


def _read(app: App, key: str, digest: str) -> tuple[bytes, str]:
    """The object read again, and what is wrong with it."""
    try:
        content = b"".join(app.objects.open(key))
    except NotFound:
        return b"", "its object is missing"
    except Corrupt:
        return b"", "its object is damaged"
    return content, "" if sha256(content).hexdigest() == digest else "its object is another one"


def _seals(pdf: bytes, app: App) -> str:
    from dokumen.adapters.verifier import Verdict, inspect

    verdict = inspect(pdf, *akar(app.settings)).verdict
    return "" if verdict is Verdict.ASLI else f"its seals say {verdict.value}"
