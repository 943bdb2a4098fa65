"""C12: what `peristiwa` alone says, rebuilt from its beginning, is what the owners of cases and letters hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.envelope import Event
from ekel.check.vectors import Bodies
from runtime.check import Findings

Key = tuple[str, str]  # (scope, application id)
# Event → the state of the case afterwards, where it says so by itself.
_STATE = {
    "permohonan.diajukan": "menunggu_berkas",
    "permohonan.diperbaiki": "menunggu_berkas",
    "permohonan.siap_diperiksa": "diperiksa",
    "permohonan.dinyatakan_lengkap": "diproses",
    "permohonan.disetujui": "disetujui",
    "permohonan.ditolak": "ditolak",
    "permohonan.dibatalkan": "dibatalkan",
    "permohonan.diteruskan": "diteruskan",
    "permohonan.ditutup": "kedaluwarsa",
    "surat.diterbitkan": "terbit",
    "surat.diserahkan": "diserahkan",
}


@dataclass(slots=True)
class Projection:
    """One small row per application, as a kecamatan's screen would keep it."""

    states: dict[Key, str] = field(default_factory=dict)
    services: dict[Key, str] = field(default_factory=dict)
    letters: dict[Key, set[str]] = field(default_factory=dict)


def rebuilt(facts: Iterable[Event]) -> Projection:
    """From offset 0. A return to the office leaves the state to the owner, who knows the target."""
    rows = Projection()
    for event in facts:
        key, data = (event.scope, event.subject), event.data or {}
        if event.name == "permohonan.diajukan":
            rows.services[key] = data["layanan"]
        if event.name == "surat.diterbitkan":
            rows.letters.setdefault(key, set()).add(data["surat"])
        if event.name == "permohonan.dikembalikan":
            rows.states.pop(key, None)
        elif data.get("sisa"):
            continue  # another letter of this case is to follow: the last one says where the case stands
        elif event.name == "surat.dicabut" and data.get("selesai"):
            rows.states[key] = "diserahkan"
        elif event.name == "permohonan.ditutup" and data["sebab"] == "dipindah":
            rows.states[key] = "dipindah"
        elif event.name in _STATE:
            rows.states[key] = _STATE[event.name]
    return rows


def compare(rows: Projection, cases: Bodies, letters: Bodies, found: Findings) -> None:
    """Applications against pengajuan, letters against dokumen; differences by id."""
    owned = {key: _state(body) for key, body in cases.items()}
    filed = {key for key, state in owned.items() if state.get("diajukan_pada")}
    for _, id in sorted(filed ^ rows.services.keys()):
        found.bad("C12", id, "the events and pengajuan disagree whether this was filed")
    for key in filed & rows.services.keys():
        if owned[key]["layanan"] != rows.services[key]:
            found.bad("C12", key[1], "the events and pengajuan disagree on the service")
        if key in rows.states and owned[key]["status"] != rows.states[key]:
            found.bad("C12", key[1], f"by the events {rows.states[key]}, in pengajuan {owned[key]['status']}")
    issued = {key: held for key, body in letters.items() if (held := _issued(_state(body)))}
    for key in sorted(issued.keys() | rows.letters.keys()):
        for letter in sorted(issued.get(key, set()) ^ rows.letters.get(key, set())):
            found.bad("C12", key[1], f"the events and dokumen disagree on letter {letter}")
    found.counts.update({f"filed {k}": n for k, n in Counter(rows.services.values()).items()})
    found.counts["letters"] = sum(map(len, rows.letters.values()))


def _issued(state: Mapping[str, Any]) -> set[str]:
    """Ids of the letters that dokumen has issued."""
    return {id for id, letter in state.get("surat", {}).items() if letter.get("terbit")}


def _state(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return body.get("state") or {}
