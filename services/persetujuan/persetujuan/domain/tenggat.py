"""The service clock (R21): due is close of business of the n-th working day after the day of completeness."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

TUTUP = time(16, 0)  # close of business
BATAS = time(15, 30)  # end of counter hours: what comes later counts as the next working day
_SABTU = 5

Libur = frozenset[date]
"""Closed days beside weekends: national holidays and joint leave."""


def hari_kerja(hari: date, libur: Libur) -> bool:
    return hari.weekday() < _SABTU and hari not in libur


def hari_mulai(waktu: datetime, libur: Libur) -> date:
    """The day that counts as the day of completeness; `waktu` in the office's zone."""
    hari = waktu.date()
    if hari_kerja(hari, libur) and waktu.timetz().replace(tzinfo=None) <= BATAS:
        return hari
    return maju(hari, 1, libur)


def maju(hari: date, jumlah: int, libur: Libur) -> date:
    """The `jumlah`-th working day after `hari`; `hari` itself for 0."""
    while jumlah:
        hari += timedelta(days=1)
        jumlah -= hari_kerja(hari, libur)
    return hari


def jatuh_tempo(lengkap: datetime, hari: int, libur: Libur) -> datetime:
    """Due moment of `hari` working days after completeness, in the zone of `lengkap`."""
    last = maju(hari_mulai(lengkap, libur), hari, libur)
    return datetime.combine(last, TUTUP, tzinfo=lengkap.tzinfo)


def geser(lama: datetime, dikembalikan: datetime, lengkap: datetime, libur: Libur) -> datetime:
    """The due moment moved by the working days between a return to the resident and completeness."""
    start, end = dikembalikan.date(), hari_mulai(lengkap, libur)
    away = sum(hari_kerja(start + timedelta(days=n), libur) for n in range(1, (end - start).days + 1))
    return datetime.combine(maju(lama.date(), away, libur), TUTUP, tzinfo=lama.tzinfo)
