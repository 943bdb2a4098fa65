"""Indonesia's national holidays and joint leave (SKB 3 Menteri), from the library `holidays`."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

import holidays

from persetujuan.domain.mulai import Kalender


@cache
def kalender(tahun: int) -> Kalender:
    """Closed days of a year and its neighbours, so that a clock may run over New Year."""
    closed = holidays.country_holidays(
        "ID", years=[tahun - 1, tahun, tahun + 1], categories=("public", "government"), observed=True
    )
    return Kalender(versi=f"id-{version('holidays')}", libur=frozenset(closed))
