"""What a report says of one office (or a kecamatan with its own) and one month, counted from statistics' rows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.aggregate import Aggregates
from chassis.clock import rfc3339
from gateway.pantau.statistik import hitung
from gateway.pantau.status import ACUAN

KELURAHAN = 10  # digits of its code


@dataclass(frozen=True, slots=True, kw_only=True)
class Laporan:
    """`angka` are groups as of /v1/statistik: {layanan or kantor, nama, counts, hours}; `kantor` is the snapshot."""

    kantor: Mapping[str, Any]
    dari: date
    sampai: date
    per_layanan: list[dict[str, Any]]
    per_kantor: list[dict[str, Any]]
    jumlah: dict[str, Any]
    terbuka: int
    terlambat: int


def bulan(text: str) -> tuple[date, date]:
    """`2026-02` → its first and last day."""
    first = date.fromisoformat(f"{text}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def susun(rujukan: Aggregates, kode: str, dari: date, sampai: date) -> Laporan | None:
    """None for an office that nobody told us of."""
    office = _told(rujukan, f"kantor.{kode}")
    if office is None:
        return None
    documents, span = rujukan.documents, (dari.isoformat(), sampai.isoformat())
    rows = list(hitung.between(documents, (kode,), *span))
    waiting = hitung.backlog(documents, (kode,), rfc3339(rujukan.clock.now())).values()
    [total] = hitung.totals(rows, *span, ()) or [hitung.Total().told()]
    services = hitung.totals(rows, *span, ("layanan",))
    offices = [] if len(kode) == KELURAHAN else hitung.totals(rows, *span, ("kantor",))
    return Laporan(
        kantor=office,
        dari=dari,
        sampai=sampai,
        per_layanan=[{"nama": _name(rujukan, "layanan", each["layanan"]), **each} for each in services],
        per_kantor=[{"nama": _name(rujukan, "kantor", each["kantor"]), **each} for each in offices],
        jumlah=total,
        terbuka=sum(each["terbuka"] for each in waiting),
        terlambat=sum(each["terlambat"] for each in waiting),
    )


def _name(rujukan: Aggregates, jenis: str, kode: str) -> str:
    """The code itself where its name was never told."""
    return str((_told(rujukan, f"{jenis}.{kode}") or {}).get("nama", kode))


def _told(rujukan: Aggregates, id: str) -> Mapping[str, Any] | None:
    found = rujukan.read(ACUAN, id)
    return found.state if found else None
