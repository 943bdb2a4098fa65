"""`python -m tools.contoh.sehari`: the letters and forms of a running demo system, read through its public API alone.

    ekel up --demo & ekel simulate-day --scale 0.3 && python -m tools.contoh.sehari --folder build/surat

writes every letter and form as PDF and as a picture a page can be read on into the folder, and one of each kind on
`docs/examples/surat-sehari.png`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ekel.demo import factor
from ekel.demo.client import Client, Unexpected
from ekel.hari.kantor import Kantor, aktif
from tools.contoh.lembar import pictures, sheet

SHEET = Path(__file__).resolve().parents[2] / "docs" / "examples" / "surat-sehari.png"
COLUMNS, WIDTH, READABLE = 6, 640, 1100
FORMS = frozenset({"NIKAH", "LAHIR", "MATI", "PINDAH", "KKKTP"})  # services that fill in forms
CITY = "3276"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lembar:
    """One sheet of the day: `jenis` is the letter's service or the form's code, `judul` what stands under it."""

    jenis: str
    judul: str
    pdf: bytes


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default="http://127.0.0.1:8080")
    asked.add_argument("--folder", type=Path, default=Path("build/surat"))
    wanted = asked.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    found = list(semua(Client(wanted.url)))
    shown: dict[str, Lembar] = {}
    for n, one in enumerate(found):
        name = f"{one.jenis}-{n:03d}"
        (wanted.folder / f"{name}.pdf").write_bytes(one.pdf)
        for page, picture in enumerate(pictures(one.pdf, READABLE)):
            picture.save(wanted.folder / f"{name}{f'-{page + 1}' if page else ''}.png")
        shown.setdefault(one.jenis, one)
    rows = [(one.judul, pictures(one.pdf, WIDTH)[0]) for _, one in sorted(shown.items())]
    SHEET.write_bytes(sheet(rows, COLUMNS))
    print(f"{len(found)} sheets of {len(shown)} kinds in {wanted.folder}, one of each on {SHEET}")


def semua(client: Client) -> Iterator[Lembar]:
    """Letters of every active kelurahan and of its kecamatan, then the forms of their cases."""
    seen: set[str] = set()
    filled: set[str] = set()
    for kantor in aktif(client, CITY):
        for role, code in (("petugas_loket", kantor.kode), ("petugas_loket_kecamatan", kantor.kode[:6])):
            clerk = client.signed_in(factor.session(client, kantor.akun(role))["token"])
            letters = [one for one in _arsip(clerk, code) if one["surat"] not in seen]
            for letter in letters:
                yield _surat(clerk, letter, kantor)
            seen.update(one["surat"] for one in letters)
            cases = [one["permohonan"] for one in letters if one["layanan"] in FORMS]
            cases += [one["id"] for one in _antrean(clerk) if one["layanan"] in FORMS]
            for case in dict.fromkeys(id for id in cases if id not in filled):
                filled.add(case)
                yield from _formulir(clerk, case, kantor)


def _arsip(clerk: Client, kantor: str) -> Iterator[dict[str, Any]]:
    query = {"kantor": kantor}
    while True:
        page = clerk.get("/v1/arsip", **query)
        yield from page["arsip"]
        if not page["cursor"]:
            return
        query["cursor"] = page["cursor"]


def _antrean(clerk: Client) -> Iterator[dict[str, Any]]:
    """Cases that another office decides; those with a letter are found by it."""
    query = {"batas": "100", "status": "diteruskan"}
    while True:
        page = clerk.get("/v1/permohonan", **query)
        yield from page["isi"]
        if not page["cursor"]:
            return
        query["cursor"] = page["cursor"]


def _surat(clerk: Client, letter: dict[str, Any], kantor: Kantor) -> Lembar:
    jenis = clerk.get(f"/v1/surat/{letter['surat']}")["jenis"]
    pdf = clerk.call("GET", f"/v1/surat/{letter['surat']}/pdf").content
    return Lembar(jenis=jenis, judul=f"{jenis} · {kantor.nama}", pdf=pdf)


def _formulir(clerk: Client, case: str, kantor: Kantor) -> Iterator[Lembar]:
    """What the case's answers fill in; one whose personal half was erased fills in nothing any more, and says so."""
    for form in clerk.get("/v1/surat/formulir", permohonan=case)["formulir"]:
        try:
            pdf = clerk.call("GET", f"/v1/surat/formulir/{form['kode']}?permohonan={case}").content
        except Unexpected as why:
            print(f"{form['kode']} of {case}: {why}")
            continue
        yield Lembar(jenis=form["kode"], judul=f"{form['model']} · {kantor.nama}", pdf=pdf)


if __name__ == "__main__":
    main()
