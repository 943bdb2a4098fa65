"""Who may watch what: roles, the beginning of kelurahan codes, and the types of events one can ask for."""

from __future__ import annotations

from chassis.contracts import Contracts
from chassis.ports.events import Events
from web.identity import Identity
from web.problems import Problem

WATCHERS = (
    "petugas_loket_kecamatan",
    "kasi_kecamatan",
    "sekcam",
    "camat",
    "admin_kecamatan",
    "operator",
    "inspektur",
    "sistem",
)
COUNTERS = ("petugas_loket", "petugas_loket_kecamatan")


def area(caller: Identity, wilayah: str | None) -> tuple[str, ...]:
    """Code prefixes to look at. Raises `bukan-wewenang` outside the caller's area."""
    if wilayah is not None and not caller.covers(wilayah):
        raise Problem("bukan-wewenang")
    return caller.wilayah if wilayah is None else (wilayah,)


def topics(contracts: Contracts, events: Events, area: tuple[str, ...]) -> dict[str, str]:
    """Kelurahan → topic, also of those switched on a moment ago."""
    prefix = contracts.families["peristiwa"].prefix
    found = {topic for kode in area for topic in events.topics(prefix + kode)}
    return {topic.removeprefix(prefix): topic for topic in sorted(found)}


def types(contracts: Contracts, jenis: str) -> set[str]:
    """Full types from a filter; empty for no filter. Raises `isi-salah` for a name that no event has."""
    names = {name.strip() for name in jenis.split(",") if name.strip()}
    kinds = [k for k in contracts.types.values() if k.family.name == "peristiwa"]
    unknown = names - {k.type for k in kinds} - {k.name for k in kinds}
    if unknown:
        detail = f"Jenis peristiwa tidak dikenal: {', '.join(sorted(unknown))}."
        raise Problem("isi-salah", errors=[{"pointer": "/jenis", "slug": "jenis-salah", "detail": detail}])
    return {k.type for k in kinds if names & {k.type, k.name}}
