"""What a step makes true; the application layer turns it into events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fakta:
    """`nama` and `data` as in the contract; None removes a snapshot."""

    nama: str
    data: Mapping[str, Any] | None


def teks(waktu: datetime) -> str:
    """RFC 3339 UTC with milliseconds, as the contract wants times."""
    return waktu.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
