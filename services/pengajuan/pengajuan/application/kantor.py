"""Offices: changed by the kecamatan, switched on while the system runs (topics first, then `aktif`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.aggregate import Cause, Decide, Decision, Moment, NewEvent, Outcome, State, Todo
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.domain.errors import Dilarang, TransisiSalah

AKTIFKAN = "aktifkan"
PENGELOLA = ("admin_kecamatan", "operator")
ADMIN_KANTOR = "admin_kantor"
SENDIRI = frozenset({"alamat", "kode_pos", "telepon", "surel", "jam", "tutup", "pengantar_daring"})
"""What an office changes by itself; whether it works at all, the kecamatan decides."""
_PRIVATE = ("batas", "menuju", "layanan_dibuka", "pengantar_daring")  # not part of the contract's snapshot


def ubah(di: Lingkup, siapa: Pemanggil, kode: str, perubahan: Mapping[str, Any], cause: Cause) -> Outcome:
    """The changed office. Raises TidakAda, Dilarang, TransisiSalah, Stale."""
    own = siapa.peran == ADMIN_KANTOR and perubahan.keys() <= SENDIRI
    if not (own or siapa.peran in PENGELOLA) or not siapa.meliputi(kode):
        raise Dilarang("dilarang", "Hanya pengelola kecamatan itu yang mengubah data kantor.")
    di.satu_kantor(kode)
    return di.kantor.update(kode, kode, _change(perubahan), cause)


def buka_layanan(
    di: Lingkup, siapa: Pemanggil, kode: str, layanan: str, *, dibuka: bool, cause: Cause
) -> Outcome:
    """The office with a restricted service opened or closed (R9). Raises TidakAda, Dilarang, TransisiSalah."""
    if siapa.peran not in PENGELOLA or not siapa.meliputi(kode):
        raise Dilarang("dilarang", "Hanya pengelola kecamatan itu yang mengubah data kantor.")
    if di.terbaru(layanan).dibatasi is None:
        raise TransisiSalah(
            "layanan-tidak-dibatasi", "Layanan ini tidak dibatasi, jadi tidak perlu dibuka untuk satu kantor."
        )
    di.satu_kantor(kode)
    return di.kantor.update(kode, kode, membuka(layanan, dibuka=dibuka), cause)


def membuka(layanan: str, *, dibuka: bool) -> Decide:
    """A restricted service opened or closed at this office; nobody else needs to hear of it."""

    def decide(state: State | None, at: Moment) -> Decision:
        if state is None:
            return Decision(None)
        others = [kode for kode in state.get("layanan_dibuka", ()) if kode != layanan]
        return Decision({**state, "layanan_dibuka": sorted([*others, layanan] if dibuka else others)})

    return decide


def diaktifkan(state: State, result: Any, at: Moment) -> Decision:
    """The topics exist now: people may file here."""
    active = {key: value for key, value in state.items() if key != "menuju"} | {"status": "aktif"}
    return Decision(active, (diubah(active),))


def semai(awal: State) -> Decide:
    """First seeding: whatever people changed since stays."""

    def decide(state: State | None, at: Moment) -> Decision:
        if state is not None:
            return Decision(state)
        return Decision(awal, (diubah(awal),))

    return decide


def tambah(awal: State, *, aktif: bool) -> Decide:
    """An office that joins; `aktif` also switches on one that is still being prepared, topics first."""

    def decide(state: State | None, at: Moment) -> Decision:
        new = awal if state is None else state
        told = (diubah(new),) if state is None else ()
        if not aktif or new["status"] != "disiapkan":
            return Decision(new, told)
        return Decision({**new, "menuju": "aktif"}, told, (_menyala(at),))

    return decide


def bekerja(state: State | None, at: Moment) -> Decision:
    """A kecamatan that is being prepared works from its first active kelurahan on."""
    if state is None or state["status"] != "disiapkan":
        return Decision(state)
    active = {**state, "status": "aktif"}
    return Decision(active, (diubah(active),))


def lengkapi(isian: Mapping[str, Any]) -> Decide:
    """Fill only what nobody has entered."""

    def decide(state: State | None, at: Moment) -> Decision:
        known = state or {}
        missing = {key: value for key, value in isian.items() if known.get(key) is None}
        if state is None or not missing:
            return Decision(state)
        new = {**state, **missing}
        return Decision(new, (diubah(new),))

    return decide


def diubah(state: State) -> NewEvent:
    """The snapshot that every service hears."""
    shown = {k: v for k, v in state.items() if k not in _PRIVATE and not (k == "tutup" and v is None)}
    return NewEvent("kantor.diubah", shown)


def _change(perubahan: Mapping[str, Any]) -> Decide:
    wanted = perubahan.get("status")
    fields = {key: value for key, value in perubahan.items() if key != "status"}

    def decide(state: State | None, at: Moment) -> Decision:
        if state is None:
            raise TransisiSalah("status-tidak-sesuai", "Kantor ini sudah tidak ada.")
        new = {**state, **fields}
        told = (diubah(new),) if fields else ()
        if wanted != "aktif" or state["status"] == "aktif":
            return Decision(new, told)
        if state["tingkat"] != "kelurahan":
            raise TransisiSalah("status-tidak-sesuai", "Hanya kelurahan yang menerima permohonan.")
        return Decision({**new, "menuju": "aktif"}, told, (_menyala(at),))

    return decide


def _menyala(at: Moment) -> Todo:
    return Todo(id=AKTIFKAN, kind=AKTIFKAN, due=at.real)
