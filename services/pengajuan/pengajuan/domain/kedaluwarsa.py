"""A case that waited too long for the resident ends by itself (R10: 14 calendar days)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pengajuan.domain import events
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status


def kedaluwarsa(kasus: Permohonan, waktu: datetime) -> events.Langkah:
    """Status menunggu_berkas | diperbaiki → kedaluwarsa when its day has passed; otherwise the case unchanged."""
    if kasus.lengkapi_sampai is None or waktu < kasus.lengkapi_sampai:
        return kasus, ()
    moved = replace(kasus.menjadi(Status.KEDALUWARSA, "ditutup"), lengkapi_sampai=None)
    return moved.dicatat("kedaluwarsa", waktu, "sistem"), (events.ditutup(moved, "kedaluwarsa", waktu),)
