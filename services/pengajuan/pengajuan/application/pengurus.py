"""The office's register of RT and RW heads: names and telephones, kept by counter and seklur, shared with nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chassis.aggregate import Cause, Decision, Moment, Outcome, State
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.domain.errors import Dilarang, TidakAda
from pengajuan.domain.pengantar import Pengurus

PENCATAT = ("petugas_loket", "seklur")
_SEKANTOR = 1000  # more RT than a kelurahan has


def boleh(siapa: Pemanggil, kantor: str) -> None:
    """Counter and seklur of that office. Raises Dilarang."""
    if siapa.peran not in PENCATAT or not siapa.meliputi(kantor):
        raise Dilarang("dilarang", "Daftar ketua RT/RW hanya untuk petugas loket dan seklur kantor itu.")


def semua(di: Lingkup, kantor: str) -> list[Outcome]:
    """By RW, its own head first, then by RT. Raises TidakAda."""
    di.satu_kantor(kantor)
    found = di.pengurus.find({"scope": kantor}, limit=_SEKANTOR)
    return sorted(found, key=lambda one: (one.state["rw"], one.state["rt"]))


def catat(di: Lingkup, kantor: str, siapa: Pengurus, cause: Cause) -> Outcome:
    """The head of this RT or RW, in the place of an earlier one. Raises TidakAda, Stale."""
    di.satu_kantor(kantor)
    new: State = {"rw": siapa.rw, "rt": siapa.rt, "nama": siapa.nama, "telepon": siapa.telepon}

    def decide(state: State | None, at: Moment) -> Decision:
        return Decision(new)

    return di.pengurus.update(kantor, kunci(siapa.rw, siapa.rt), decide, cause)


def hapus(di: Lingkup, kantor: str, id: str, cause: Cause) -> None:
    """Nobody is entered there any more. Raises TidakAda."""
    if di.pengurus.read(kantor, id) is None:
        raise TidakAda

    def decide(state: State | None, at: Moment) -> Decision:
        return Decision(None)

    di.pengurus.update(kantor, id, decide, cause)


def pencari(di: Lingkup, kantor: str) -> Callable[[str, str], Pengurus | None]:
    """Who heads an RT (or the RW, `rt` empty) of this office."""

    def cari(rw: str, rt: str) -> Pengurus | None:
        found = di.pengurus.read(kantor, kunci(_tiga(rw), _tiga(rt)))
        state: dict[str, Any] | None = found.state if found else None
        return None if state is None else Pengurus(**state)

    return cari


def kunci(rw: str, rt: str) -> str:
    """`rw008`, `rw008-rt003`."""
    return f"rw{rw}" + (f"-rt{rt}" if rt else "")


def _tiga(nomor: str) -> str:
    return nomor.zfill(3) if nomor else ""
