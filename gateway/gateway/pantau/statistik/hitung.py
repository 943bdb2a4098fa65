"""Totals out of rows: counts by office, service and day, and how long a letter took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from chassis.ports.documents import Documents
from gateway.pantau.statistik.baris import COUNTED, Row
from gateway.pantau.statistik.proyeksi import ROWS

BY = ("kantor", "layanan", "hari")
_PAGE = 500
_HOUR = 3600


@dataclass(slots=True)
class Total:
    """One group: how often what happened, and the seconds from complete papers to the letter."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[int] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Hours with one decimal; null where nothing was issued."""
        times = sorted(self.seconds)
        late = times[min(len(times) - 1, int(0.9 * len(times)))] if times else None
        return {
            **{name: self.counts[name] for name in COUNTED},
            "jam_median": round(median(times) / _HOUR, 1) if times else None,
            "jam_p90": None if late is None else round(late / _HOUR, 1),
        }


def totals(
    rows: Iterable[tuple[str, Row]], dari: str, sampai: str, by: Sequence[str]
) -> list[dict[str, Any]]:
    """Rows (kelurahan, row) of the days `dari` to `sampai`, both included, grouped by some of `BY`, in order."""
    found: dict[tuple[str, ...], Total] = {}
    for kode, row in rows:
        for day, counts in row["hari"].items():
            if dari <= day <= sampai:
                names = {"kantor": kode, "layanan": row["layanan"], "hari": day}
                total = found.setdefault(tuple(names[name] for name in by), Total())
                total.counts.update(counts)
                if row.get("terbit") == day and "lama" in row:
                    total.seconds.append(row["lama"])
    return [{**dict(zip(by, key, strict=True)), **total.told()} for key, total in sorted(found.items())]


def between(documents: Documents, area: Iterable[str], dari: str, sampai: str) -> Iterator[tuple[str, Row]]:
    """Rows of an area (beginnings of codes) with a day in the range: found by index, never the whole history."""
    for prefix in area:
        where = {**_area(prefix), "akhir": {"gte": dari}, "awal": {"lte": sampai}}
        yield from _pages(documents, where, "akhir")


def backlog(documents: Documents, area: Iterable[str], now: str) -> dict[str, dict[str, Any]]:
    """Kelurahan → {terbuka, terlambat, menurut_status} of what is not finished."""
    found: dict[str, dict[str, Any]] = {}
    for prefix in area:
        for kode, row in _pages(documents, {**_area(prefix), "terbuka": True}, "terbuka"):
            one = found.setdefault(kode, {"terbuka": 0, "terlambat": 0, "menurut_status": {}})
            one["terbuka"] += 1
            one["terlambat"] += row.get("tenggat", now) < now
            states = one["menurut_status"]
            states[row["status"]] = states.get(row["status"], 0) + 1
    return found


def _area(prefix: str) -> dict[str, Any]:
    return {"scope": {"gte": prefix, "lt": f"{prefix}~"}}


def _pages(documents: Documents, where: dict[str, Any], index: str) -> Iterator[tuple[str, Row]]:
    after: list[Any] = []
    while page := documents.find(ROWS.name, where, order=(index, "id"), limit=_PAGE, after=after):
        yield from ((doc.scope, doc.body) for doc in page)
        after = [page[-1].body[index], page[-1].id]
