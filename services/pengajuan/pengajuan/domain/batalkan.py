"""Cancelling: pengajuan ends its own cases, for others it asks the owner (`pembatalan.diminta`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.permohonan import Pelaku, Permohonan, salah_status
from pengajuan.domain.status import MILIK_PENGAJUAN, Status

_ASK = frozenset({Status.DIPROSES, Status.DISETUJUI})


def batalkan(kasus: Permohonan, *, pelaku: Pelaku, waktu: datetime) -> events.Langkah:
    """→ dibatalkan, or the same state with a request pending. Raises TransisiSalah."""
    if kasus.status in MILIK_PENGAJUAN:
        return _cancel(kasus, pelaku, waktu)
    if kasus.status not in _ASK:
        raise salah_status(kasus, "dibatalkan")
    if kasus.pembatalan_diminta:
        raise TransisiSalah("pembatalan-sudah-diminta", "Pembatalan sudah diminta. Tunggu jawaban petugas.")
    asked = replace(kasus, pembatalan_diminta=True).dicatat("pembatalan_diminta", waktu, pelaku.peran)
    return asked, (events.pembatalan_diminta(asked, waktu),)


def _cancel(kasus: Permohonan, pelaku: Pelaku, waktu: datetime) -> events.Langkah:
    """A draft was never announced, so its end is not announced either."""
    sebab = "pemohon" if pelaku.peran == "warga" else "petugas"
    moved = replace(
        kasus.menjadi(Status.DIBATALKAN, "dibatalkan"), lengkapi_sampai=None, pembatalan_diminta=False
    )
    noted = moved.dicatat("dibatalkan", waktu, pelaku.peran, {"sebab": sebab})
    return noted, () if kasus.status is Status.DRAF else (events.dibatalkan(noted, sebab, waktu),)
