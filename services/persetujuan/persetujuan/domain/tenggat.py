"""The service clock (R21): due is close of business of the n-th working day after the day of completeness."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from persetujuan.domain.kalender import Kalender

DEKAT = timedelta(hours=4)
"""How long before the due moment its officials are reminded."""


def hari_mulai(waktu: datetime, kalender: Kalender, kantor: str) -> date:
    """The day that counts as the day of completeness; `waktu` in the office's zone.

    What comes after the counter of `kantor` has closed counts as the next working day.
    """
    hari = waktu.date()
    closes = kalender.jam_pada(kantor, hari).loket
    if kalender.kerja(hari) and waktu.timetz().replace(tzinfo=None) <= closes:
        return hari
    return maju(hari, 1, kalender)


def maju(hari: date, jumlah: int, kalender: Kalender) -> date:
    """The `jumlah`-th working day after `hari`; `hari` itself for 0."""
    while jumlah:
        hari += timedelta(days=1)
        jumlah -= kalender.kerja(hari)
    return hari


def tutup(hari: date, kalender: Kalender, kantor: str, waktu: datetime) -> datetime:
    """Close of business of `kantor` on `hari`, in the zone of `waktu`."""
    return datetime.combine(hari, kalender.jam_pada(kantor, hari).tutup, tzinfo=waktu.tzinfo)


def jatuh_tempo(lengkap: datetime, hari: int, kalender: Kalender, loket: str, kantor: str) -> datetime:
    """Due moment of `hari` working days after completeness at the counter of `loket`; `kantor` closes then."""
    last = maju(hari_mulai(lengkap, kalender, loket), hari, kalender)
    return tutup(last, kalender, kantor, lengkap)


def geser(
    lama: datetime, dikembalikan: datetime, lengkap: datetime, kalender: Kalender, loket: str, kantor: str
) -> datetime:
    """The due moment moved by the working days between a return to the resident and completeness."""
    start, end = dikembalikan.date(), hari_mulai(lengkap, kalender, loket)
    away = sum(kalender.kerja(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    return tutup(maju(lama.date(), away, kalender), kalender, kantor, lama)


def hari_berikut(waktu: datetime, kalender: Kalender, kantor: str) -> datetime:
    """Close of business of the next working day after `waktu`."""
    return tutup(maju(waktu.date(), 1, kalender), kalender, kantor, waktu)
