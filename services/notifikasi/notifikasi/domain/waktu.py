"""Times as the contracts want them."""

from __future__ import annotations

from datetime import UTC, datetime


def teks(waktu: datetime) -> str:
    """RFC 3339 UTC with milliseconds."""
    return waktu.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
