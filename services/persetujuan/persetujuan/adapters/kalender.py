"""The office calendar: national holidays and joint leave (SKB 3 Menteri), and a file of our own over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import holidays
import yaml

from chassis.contracts import read_yaml
from persetujuan.domain.galat import KatalogSalah
from persetujuan.domain.kalender import Jam, JamKhusus, Kalender

BAKU = Path(__file__).parent.parent / "kalender.yaml"


def baca(file: Path | None = None) -> Callable[[int], Kalender]:
    """Calendars by year, each with its neighbours, so that a clock may run over New Year. Raises KatalogSalah."""
    path = file or BAKU
    try:
        data = read_yaml(path)
        own = Kalender(
            versi=f"id-{version('holidays')}.{data['versi']}",
            libur=_days(data, "libur"),
            masuk=_days(data, "masuk"),
            jam=_hours(data["jam"]),
            khusus=tuple(_special(entry) for entry in data.get("khusus") or ()),
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise KatalogSalah(f"{path}: {error!r}") from error

    @cache
    def kalender(tahun: int) -> Kalender:
        closed = holidays.country_holidays(
            "ID", years=[tahun - 1, tahun, tahun + 1], categories=("public", "government"), observed=True
        )
        return Kalender(
            versi=own.versi,
            libur=own.libur | frozenset(closed),
            masuk=own.masuk,
            jam=own.jam,
            khusus=own.khusus,
        )

    return kalender


def _days(data: Mapping[str, Any], name: str) -> frozenset[date]:
    days = data.get(name) or ()
    if not all(type(day) is date for day in days):
        raise ValueError(f"{name}: wanted dates like 2026-01-16")
    return frozenset(days)


def _hours(entry: Mapping[str, Any]) -> Jam:
    hours = {name: time.fromisoformat(str(entry[name]).replace(".", ":")) for name in ("loket", "tutup")}
    if hours["tutup"] < hours["loket"]:
        raise ValueError("an office closes after its counter")
    return Jam(**hours)


def _special(entry: Mapping[str, Any]) -> JamKhusus:
    known = {"kantor", "dari", "sampai", "loket", "tutup"}
    if entry.keys() - known:
        raise ValueError(f"unknown: {sorted(entry.keys() - known)}")
    return JamKhusus(
        jam=_hours(entry),
        kantor=str(entry.get("kantor") or ""),
        dari=entry.get("dari"),
        sampai=entry.get("sampai"),
    )
