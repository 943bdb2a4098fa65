"""Times as events carry them: UTC with milliseconds and `Z`."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(waktu: datetime) -> str:
    """`2026-01-15T03:05:00.000Z`; sorts like the moments themselves."""
    return waktu.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
