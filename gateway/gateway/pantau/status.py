"""The offices of an area: switched on, closed, connected, how much waits, what is late, which part lags behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.aggregate import Aggregates
from chassis.clock import rfc3339
from chassis.contracts import Contracts
from chassis.ports.events import Events
from gateway.pantau.detak import Beats
from gateway.pantau.statistik import hitung

ACUAN = "acuan"  # scope of reference data
_NOTHING: Mapping[str, Any] = {"terbuka": 0, "terlambat": 0, "menurut_status": {}}


def offices(
    rujukan: Aggregates,
    beats: Beats,
    contracts: Contracts,
    events: Events,
    topics: Mapping[str, str],
    area: tuple[str, ...],
) -> list[dict[str, Any]]:
    """One row per office, by code. `tertinggal`: service → events of this office that it has not handled yet."""
    now = rfc3339(rujukan.clock.now())
    known, waiting = _heard(rujukan, area), hitung.backlog(rujukan.documents, area, now)
    alive, behind = beats.last(area), _behind(contracts, events, topics)
    found = []
    for kode in sorted({*known, *topics}):
        office, last = known.get(kode, {}), alive.get(kode)
        found.append(
            {
                "kantor": kode,
                "nama": office.get("nama"),
                "tingkat": office.get("tingkat", "kelurahan"),
                "status": office.get("status"),
                "aktif": office.get("status") == "aktif",
                "tutup": _closed(office, rujukan.clock.now().date().isoformat()),
                "detak": None if last is None else rfc3339(last),
                "terhubung": beats.connected(last),
                "antrean": waiting.get(kode, _NOTHING),
                "tertinggal": behind.get(kode, {}),
                "peristiwa_terakhir": _last(events, topics[kode]) if kode in topics else None,
            }
        )
    return found


def _closed(office: Mapping[str, Any], today: str) -> dict[str, Any] | None:
    """R20: dari, sampai (days of the office, both included) and alasan, while it is so."""
    closed = office.get("tutup")
    return dict(closed) if closed and closed["dari"] <= today <= closed["sampai"] else None


def _heard(rujukan: Aggregates, area: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for prefix in area:
        where = {"scope": ACUAN, "id": {"gte": f"kantor.{prefix}", "lt": f"kantor.{prefix}~"}}
        found |= {o.id.removeprefix("kantor."): o.state for o in rujukan.find(where, limit=1000)}
    return found


def _behind(contracts: Contracts, events: Events, topics: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Kelurahan → service → records that wait for it."""
    family = contracts.families["peristiwa"]
    hearers = {s for kind in contracts.types.values() if kind.family == family for s in kind.consumers}
    found: dict[str, dict[str, int]] = {}
    names = {topic: kode for kode, topic in topics.items()}
    for service in sorted(hearers - {"pantau"}):
        for topic, lag in events.lag(service, [family.prefix]).items():
            if lag and topic in names:
                found.setdefault(names[topic], {})[service] = lag
    return found


def _last(events: Events, topic: str) -> str | None:
    first, following = events.bounds([topic])[topic]
    records = events.read(topic, following - 1, 1) if following > first else []
    return records[0].headers.get("ce_time") if records else None
