"""The offices of an area: is it switched on, when did something happen there last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.aggregate import Aggregates
from chassis.ports.events import Events

ACUAN = "acuan"  # scope of reference data


def offices(
    rujukan: Aggregates, events: Events, topics: Mapping[str, str], area: tuple[str, ...]
) -> list[dict[str, Any]]:
    """[{kantor, nama, tingkat, status, aktif, peristiwa_terakhir}] by code."""
    last = {kode: _last(events, topic) for kode, topic in topics.items()}
    known = _heard(rujukan, area)
    return [
        {
            "kantor": kode,
            "nama": known.get(kode, {}).get("nama"),
            "tingkat": known.get(kode, {}).get("tingkat", "kelurahan"),
            "status": known.get(kode, {}).get("status"),
            "aktif": known.get(kode, {}).get("status") == "aktif",
            "peristiwa_terakhir": last.get(kode),
        }
        for kode in sorted({*known, *last})
    ]


def _heard(rujukan: Aggregates, area: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for prefix in area:
        where = {"scope": ACUAN, "id": {"gte": f"kantor.{prefix}", "lt": f"kantor.{prefix}~"}}
        found |= {o.id.removeprefix("kantor."): o.state for o in rujukan.find(where, limit=1000)}
    return found


def _last(events: Events, topic: str) -> str | None:
    first, following = events.bounds([topic])[topic]
    records = events.read(topic, following - 1, 1) if following > first else []
    return records[0].headers.get("ce_time") if records else None
