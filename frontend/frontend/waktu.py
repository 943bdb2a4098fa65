"""Dates and times as people here read them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
BULAN = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
ZONA = ZoneInfo("Asia/Jakarta")


def tanggal(text: str | None) -> str:
    """`2026-01-15` or an RFC 3339 time → `Kamis, 15 Januari 2026`; nothing → empty."""
    if not text:
        return ""
    day = date.fromisoformat(text) if len(text) == 10 else _local(text).date()
    return f"{HARI[day.weekday()]}, {day.day} {BULAN[day.month - 1]} {day.year}"


def jam(text: str | None) -> str:
    """`Kamis, 15 Januari 2026 pukul 10.05`."""
    return f"{tanggal(text)} pukul {_local(text):%H.%M}" if text else ""


def nama_bulan(hari: date) -> str:
    """`Januari 2026`."""
    return f"{BULAN[hari.month - 1]} {hari.year}"


def bulan_ini() -> str:
    """`2026-01`."""
    return f"{datetime.now(ZONA):%Y-%m}"


def tahun_ini() -> int:
    return datetime.now(ZONA).year


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(ZONA)
