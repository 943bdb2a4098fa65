"""What views work with: the service's parts, who may see a case, and how problems are documented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import current_app

from chassis.aggregate import Outcome
from dokumen.application.pintu import Jenis, Tempat
from dokumen.bootstrap import App
from dokumen.domain.berkas import Izin
from dokumen.domain.galat import IzinSalah
from dokumen.domain.perkara import pemilik
from web.identity import Identity
from web.problems import Problem

LOKET = ("petugas_loket", "petugas_loket_kecamatan")
PEJABAT = ("kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat")
_PROBLEM = {"type": "object", "properties": {"type": {"type": "string"}, "detail": {"type": "string"}}}


def bagian() -> App:
    """The parts that `aplikasi.create` was given."""
    app: App = current_app.extensions["dokumen"]
    return app


def tempat(app: App, jenis: Jenis, id: str) -> tuple[Tempat, Outcome]:
    """The case of a paper or letter. Raises 404."""
    place = app.penunjuk.cari(jenis, id)
    case = app.perkara.read(place.kantor, place.permohonan) if place else None
    if place is None or case is None or place.id not in case.state[jenis]:
        raise Problem("tidak-ditemukan")
    return place, case


def pemohon(case: Outcome, siapa: Identity) -> set[str]:
    """Accounts for which a case is their own: who filed it, and the known person for whom a counter did (R13)."""
    own = pemilik(case.state)
    who = (case.state.get("pribadi") or {}).get("pemohon") or {}
    if own or not who.get("nik") or siapa.tingkat != "dikenal" or not siapa.klaim.get("nik_h"):
        return {own} - {""}
    hashed = bagian().samaran
    filed = hashed.person(hashed.of("nik", who["nik"]), who["nama"])
    asking = hashed.person(siapa.klaim["nik_h"], str(siapa.klaim.get("nama", "")))
    return {siapa.sub} if asking == filed else set()


def berhak(siapa: Identity, kantor: str, pemilik: Iterable[str]) -> None:
    """Residents see their own and cannot tell others' from nothing; staff see their area."""
    if siapa.peran == "warga":
        if siapa.sub not in set(pemilik):
            raise Problem("tidak-ditemukan")
    elif siapa.peran not in LOKET + PEJABAT or not siapa.covers(kantor):
        raise Problem("dilarang")


def pemegang(siapa: Identity, izin: Izin) -> None:
    """The grant is for its owner, or for a clerk of that office."""
    if siapa.sub != izin.pemilik and not (siapa.peran in LOKET and siapa.covers(izin.kantor)):
        raise IzinSalah(
            "Izin unggah ini milik orang lain. Buka permohonan Anda sendiri, lalu unggah dari sana."
        )


def problems(**meaning: str) -> Any:
    """Documented problem answers: `problems(s404="no such paper")`."""
    content = {"application/problem+json": {"schema": _PROBLEM}}
    return {int(status[1:]): {"description": text, "content": content} for status, text in meaning.items()}
