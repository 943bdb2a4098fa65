"""Dates as residents and officials read them."""

from __future__ import annotations

from datetime import date

BULAN = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def tertulis(tanggal: str | None) -> str:
    """`2026-11-23` as `23 November 2026`; empty for nothing."""
    day = date.fromisoformat(tanggal[:10]) if tanggal else None
    return f"{day.day} {BULAN[day.month - 1]} {day.year}" if day else ""
