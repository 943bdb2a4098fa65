"""Working days: the national table of holidays and joint leave, and the office's own file over them (R21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from chassis.contracts import read_yaml

_SABTU = 5


def hari_kerja(file: Path | None) -> Callable[[date], bool]:
    """Whether offices work on a day; `file` has `libur` and `masuk` like that of persetujuan. Raises OSError."""
    own: dict[str, Any] = read_yaml(file) if file else {}
    closed, open_ = frozenset(own.get("libur") or ()), frozenset(own.get("masuk") or ())

    def kerja(hari: date) -> bool:
        return hari in open_ or (
            hari.weekday() < _SABTU and hari not in closed and hari not in _libur(hari.year)
        )

    return kerja


@cache
def _libur(tahun: int) -> frozenset[date]:
    """The library is large, and most processes never ask for a confirmation: it is loaded when somebody does."""
    table = import_module("holidays").country_holidays("ID", years=tahun, categories=("public", "government"))
    return frozenset(table)
