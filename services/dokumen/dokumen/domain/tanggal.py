"""Dates as an Indonesian letter writes them: 22 November 2026."""

from __future__ import annotations

from datetime import date

BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def panjang(tanggal: date) -> str:
    """`date(2026, 11, 22)` → `22 November 2026`."""
    return f"{tanggal.day} {BULAN[tanggal.month - 1]} {tanggal.year}"


def bulan(teks: str) -> str:
    """`2021-03` → `Maret 2021`. Raises `ValueError`."""
    tanggal = date.fromisoformat(f"{teks}-01")
    return f"{BULAN[tanggal.month - 1]} {tanggal.year}"
