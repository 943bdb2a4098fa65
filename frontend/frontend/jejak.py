"""Who looked, told briefly: what one role did again and again on one day is one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from frontend import waktu


def ringkas(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Entries of the trail, newest first → the newest of each day, role and deed, and `kali`: how often it was."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        key = (waktu.tanggal(row["waktu"]), row["peran"], row["keterangan"])
        found.setdefault(key, {**row, "kali": 0})["kali"] += 1
    return list(found.values())
