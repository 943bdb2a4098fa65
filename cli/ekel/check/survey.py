"""C1 over the log: every event fits its schema, sequences have no holes, repeats are the same event, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from chassis import memory
from chassis.contracts import ContractBroken, Contracts
from chassis.envelope import Event, NotAnEvent, incoming
from chassis.ports.events import Record
from runtime.check import Findings


@dataclass(frozen=True, slots=True)
class Stream:
    """Events that are numbered together."""

    source: str
    family: str
    scope: str
    subject: str


@dataclass(slots=True)
class Survey:
    """What the whole log says. `ends` is the last number per stream, `kinds` per stream and vector key."""

    ends: dict[Stream, int] = field(default_factory=dict)
    kinds: dict[tuple[Stream, str], int] = field(default_factory=dict)
    facts: list[Event] = field(default_factory=list)
    seen: dict[tuple[Stream, int], bytes] = field(default_factory=dict)


def survey(contracts: Contracts, records: Iterable[Record], found: Findings) -> Survey:
    """Read every record once, in the order of the log. `facts` keeps the ordered events that fit, without repeats."""
    log = Survey()
    for record in records:
        found.counts["events"] = found.counts.get("events", 0) + 1
        try:
            family = contracts.family_of(record.topic)
            event = incoming(record, family.name, contracts.scope_extension)
        except (NotAnEvent, ContractBroken) as error:
            found.bad("C1", f"{record.topic}@{record.offset}", f"no event of ours: {type(error).__name__}")
            continue
        before = len(found.wrong)
        _fits(contracts, record, event, found)
        _place(contracts, log, record, event, found, sound=len(found.wrong) == before)
    return log


def _fits(contracts: Contracts, record: Record, event: Event, found: Findings) -> None:
    kind = contracts.types.get(event.type)
    if kind is None:
        return found.bad("C1", event.id, f"unknown type {event.type}")
    if kind.service != event.source or kind.family.name != event.family:
        found.bad("C1", event.id, f"{event.type} may not come from {event.source} on {record.topic}")
    if record.topic != kind.family.topic(event.scope).name or record.key != kind.key(event.subject):
        found.bad("C1", event.id, f"{event.type} lies on another topic or under another key")
    if record.headers.get("ce_id") != event.id:
        found.bad("C1", event.id, "the id is not made of family, subject and sequence")
    if event.data is None:
        if kind.family.delivery != "latest":
            found.bad("C1", event.id, "an event without data")
        return None
    try:
        kind.check(event.data)
    except ContractBroken as error:
        found.bad("C1", event.id, str(error))
    return None


def _place(
    contracts: Contracts, log: Survey, record: Record, event: Event, found: Findings, *, sound: bool
) -> None:
    """Where the event stands among those before it."""
    stream = Stream(event.source, event.family, event.scope, event.subject)
    delivery = contracts.families[event.family].delivery
    digest, last = _digest(record), log.ends.get(stream, 0)
    known = log.seen.setdefault((stream, event.sequence), digest)
    if known != digest:
        found.bad("C1", event.id, f"{event.source}: two events with the same identity but different bytes")
        return
    if event.sequence <= last:
        found.counts["repeats"] = found.counts.get("repeats", 0) + 1
        return
    if delivery == "ordered":
        if event.sequence != last + 1:
            found.bad("C1", event.id, f"{event.source}: hole, {event.sequence} follows {last}")
        log.facts += [event] if sound else []
    log.ends[stream] = event.sequence
    log.kinds[stream, memory.stream(event, delivery)] = event.sequence


def _digest(record: Record) -> bytes:
    """Of all that a consumer can see: key, headers, value."""
    head: list[Any] = [record.key, sorted(record.headers.items())]
    return hashlib.sha256(json.dumps(head).encode() + b"\0" + (record.value or b"")).digest()
