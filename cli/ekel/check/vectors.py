"""C1 between log and stores: what was decided is in the log, what is in the log had its effect, each once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.contracts import Contracts
from chassis.ports.documents import Body
from ekel.check.survey import Stream, Survey
from runtime.check import Findings

Bodies = Mapping[tuple[str, str], Body]  # (scope, id) → stored body


def senders(contracts: Contracts, service: str, bodies: Bodies, log: Survey, found: Findings) -> None:
    """Every number a case gave is in the log, and the log holds none that the case did not give."""
    ordered = {f.name for f in contracts.families.values() if f.delivery == "ordered"}
    for (scope, id), body in bodies.items():
        for family in ordered & body["sequence"].keys():
            given, sent = body["sequence"][family], log.ends.get(Stream(service, family, scope, id), 0)
            if sent < given:
                found.bad("C1", id, f"{service}: decided {given} events of {family}, the log ends at {sent}")
    for stream, last in log.ends.items():
        if stream.source == service and stream.family in ordered:
            given = bodies.get((stream.scope, stream.subject), _NOTHING)["sequence"].get(stream.family, 0)
            if given < last:
                found.bad("C1", stream.subject, f"{service}: the log has event {last}, the case gave {given}")


def hearers(contracts: Contracts, service: str, bodies: Bodies, log: Survey, found: Findings) -> None:
    """Every consumer's vector ends where the log ends; what is parked is not held against it."""
    heard = {(t.service, t.family.name) for t in contracts.heard_by(service)}
    families = {family for _, family in heard if contracts.families[family].delivery == "ordered"}
    for stream, last in log.ends.items():
        if stream.family not in families or stream.source == service:
            continue
        body = bodies.get((stream.scope, stream.subject), _NOTHING)
        done = body["inbox"].get(f"{stream.source}/{stream.family}", 0)
        if done != last and not body["parked"]:
            found.bad("C1", stream.subject, f"{service}: handled {done} of {last} events of {stream.source}")


def halves(contracts: Contracts, service: str, bodies: Bodies, log: Survey, found: Findings) -> None:
    """C13: whoever hears personal snapshots has the newest of every case that has one, and no case lacks one."""
    wanted = [t for t in contracts.heard_by(service) if t.family.delivery == "latest" and t.family.scoped]
    for kind in wanted:
        key = f"{kind.service}/{kind.family.name}/{kind.name}"
        for (stream, found_key), last in log.kinds.items():
            body = bodies.get((stream.scope, stream.subject), _NOTHING)
            if found_key == key and body["inbox"].get(key, 0) < last and not body["parked"]:
                found.bad(
                    "C13", stream.subject, f"{service}: the personal half {kind.name} {last} is missing"
                )


def references(contracts: Contracts, service: str, bodies: Bodies, log: Survey, found: Findings) -> None:
    """C1 for reference data: whoever hears a kind of snapshot holds the newest of each, as `<kind>.<subject>`."""
    wanted = [t for t in contracts.heard_by(service) if t.family.name == "acuan"]
    for kind in wanted:
        key = f"{kind.service}/acuan/{kind.name}"
        for (stream, found_key), last in log.kinds.items():
            id = f"{kind.name.partition('.')[0]}.{stream.subject}"
            if found_key == key and bodies.get(("acuan", id), _NOTHING)["inbox"].get(key, 0) < last:
                found.bad("C1", id, f"{service}: the newest {kind.name} was not taken in")


def erased(bodies: Bodies) -> frozenset[tuple[str, str]]:
    """Cases whose personal half was removed at the end of its time; compaction forgets even the removal."""
    return frozenset(key for key, body in bodies.items() if (body["state"] or {}).get("dihapus"))


def filed_without_half(
    log: Survey, found: Findings, erased: frozenset[tuple[str, str]] = frozenset()
) -> None:
    """C13 in the log itself: an application whose applicant was never shared, and which was not erased."""
    kind = "pengajuan/pribadi/pemohon.dibagikan"
    shared = {(s.scope, s.subject) for (s, key) in log.kinds if key == kind} | erased
    for event in log.facts:
        if event.name == "permohonan.diajukan" and (event.scope, event.subject) not in shared:
            found.bad("C13", event.subject, "filed, but its personal half is not in the log")


_NOTHING: Body = dict[str, Any](sequence={}, inbox={}, parked=[])
