"""Trouble with one case in another service (R14), and messages that did not arrive."""

from __future__ import annotations

from datetime import datetime

from pengajuan.application.peristiwa import Isi
from pengajuan.domain import ikuti
from pengajuan.domain.permohonan import Permohonan


def tertahan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.tertahan(kasus, service=data["service"])


def dilanjutkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.dilanjutkan(kasus, service=data["service"])


def pesan_terkirim(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    """Recorded in the vector only: a delivered message changes nothing a person decides on."""
    return kasus


def pesan_digagalkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    """The counter sees that somebody was not reached."""
    detail: dict[str, str | int] = {"langkah": data["langkah"], "alasan": data["alasan"]}
    return kasus.dicatat("pesan_gagal", waktu, "sistem", detail)
