"""A resident who owes us something is reminded on days 7 and 12 of his fourteen (R10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from pengajuan.domain import events
from pengajuan.domain.permohonan import Permohonan

SISA: Mapping[str, timedelta] = MappingProxyType(
    {"ingatkan_1": timedelta(days=7), "ingatkan_2": timedelta(days=2)}
)
"""By reminder, how long before the last day it comes."""


def akan(kasus: Permohonan) -> Iterator[tuple[str, datetime]]:
    """Reminders still to come in this time of waiting: which, and its office time."""
    if kasus.lengkapi_sampai is None:
        return
    for which, left in SISA.items():
        if _key(kasus.lengkapi_sampai, which) not in kasus.diingatkan:
            yield which, kasus.lengkapi_sampai - left


def ingatkan(kasus: Permohonan, which: str, waktu: datetime) -> events.Langkah:
    """The case with one reminder told, once; unchanged when nothing is waited for any more."""
    until = kasus.lengkapi_sampai
    if until is None or _key(until, which) in kasus.diingatkan or waktu < until - SISA[which]:
        return kasus, ()
    told = replace(kasus, diingatkan=(*kasus.diingatkan, _key(until, which)))
    noted = told.dicatat("diingatkan", waktu, "sistem")
    return noted, (events.diingatkan(noted, until, waktu),)


def _key(until: datetime, which: str) -> str:
    return f"{until.isoformat()}.{which}"
