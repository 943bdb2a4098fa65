"""Dates as an Indonesian letter writes them: 22 November 2026."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def panjang(tanggal: date) -> str:
    """`date(2026, 11, 22)` → `22 November 2026`."""
    return f"{tanggal.day} {BULAN[tanggal.month - 1]} {tanggal.year}"


def berhari(tanggal: date) -> str:
    """`date(2026, 11, 22)` → `Minggu, 22 November 2026`: for what happened or will happen on that day."""
    return f"{HARI[tanggal.weekday()]}, {panjang(tanggal)}"


def bulan(teks: str) -> str:
    """`2021-03` → `Maret 2021`. Raises `ValueError`."""
    tanggal = date.fromisoformat(f"{teks}-01")
    return f"{BULAN[tanggal.month - 1]} {tanggal.year}"


def berakhir(tanggal: date, hari: int | None, bulan: int | None = None) -> date | None:
    """The last valid day: so many days later, or the same day so many calendar months later (at most its last)."""
    if bulan is not None:
        years, month = divmod(tanggal.month - 1 + bulan, 12)
        year = tanggal.year + years
        return date(year, month + 1, min(tanggal.day, monthrange(year, month + 1)[1]))
    return None if hari is None else tanggal + timedelta(days=hari)
