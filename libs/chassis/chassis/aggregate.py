"""The one way to write: read, decide, compare-and-set; state, events and memory in one document.

A stored body is `{state, version, inbox, commands, sequence, todos, due, parked, created_by}`:

- `version` counts domain changes (a new state or events); it is the ETag. `Doc.rev` counts every write.
- `inbox` is the vector {source/family: last sequence}: at most `last` is a repeat, `last + 1` is next, more
  means that a predecessor is missing and the event is parked.
- `commands` holds the ids of commands carried out, with a digest of what they asked.
- `sequence` holds the last number given per family; events get theirs in the write that appends them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis import faults, memory, outbox, parking, todos, trace
from chassis.causes import Cause, Decide, Decision, Moment, NewEvent, State, unchanged
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.envelope import Event
from chassis.ids import new_ids
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate
from chassis.todos import Todo

# What application layers need beside `Aggregates`: they import from here and from the ports only.
__all__ = [
    "Aggregates", "Cause", "Conflict", "Decide", "Decision", "KeyReused", "Moment", "NewEvent", "Outcome",
    "Stale", "State", "Todo", "collection", "unchanged",
]  # fmt: skip
TRIES = 10


class Conflict(Exception):
    """Ten tries met ten other writers; nothing was written, the caller may try again."""


class KeyReused(Exception):
    """The same Idempotency-Key came with another request (draft-ietf-httpapi-idempotency-key)."""


class Stale(Exception):
    """The document is not in the version that the caller saw (If-Match)."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the document is now in version {version}")
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The document after an update. `repeated`: the cause was known and nothing was written."""

    scope: str
    id: str
    state: State
    version: int
    repeated: bool = False
    parked: bool = False


def collection(name: str, *indexes: Index) -> Collection:
    """A collection of aggregates: the service's own indexes plus those of the chassis."""
    chassis = [Index((f,)) for f in ("due.office", "due.real", "parked_since", "replay")]
    return Collection(name, (Index(("created_by",), unique=True), *chassis, *indexes))


class Aggregates:
    """The documents of one collection, written only through `update` and `together`."""

    def __init__(
        self, documents: Documents, name: str, service: str, contracts: Contracts, clock: Clock
    ) -> None:
        self.documents, self.name, self.service = documents, name, service
        self.contracts, self.clock = contracts, clock

    def read(self, scope: str, id: str) -> Outcome | None:
        """The current state, or None."""
        doc = self.documents.get(self.name, scope, id)
        return None if doc is None or doc.body["state"] is None else _outcome(scope, id, doc.body)

    def find(self, where: Mapping[str, Any], **options: Any) -> list[Outcome]:
        """States matching `where` (paths begin with `state.`); options as `Documents.find`."""
        docs = self.documents.find(self.name, where, **options)
        return [_outcome(d.scope, d.id, d.body) for d in docs if d.body["state"] is not None]

    def moment(self) -> Moment:
        """Time and ids for one decision."""
        return Moment(now=self.clock.now(), real=self.clock.real(), ids=new_ids(16))

    def update(self, scope: str, id: str, decide: Decide, cause: Cause) -> Outcome:
        """Apply `decide` once per cause. `decide` never changes the state it is given.

        Raises `Conflict`, `KeyReused`, `Stale`, or what `decide` raises.
        """
        return self.together(scope, id, [(decide, cause)])[0]

    def together(self, scope: str, id: str, steps: Sequence[tuple[Decide, Cause]]) -> list[Outcome]:
        """As `update`, several causes one after the other in one write: all of them or, where one raises, none."""
        moments = [self.moment() for _ in steps]
        for attempt in range(TRIES):
            doc = self.documents.get(self.name, scope, id)
            body, changed = memory.empty() if doc is None else doc.body, False
            entries, outcomes = list[Body](), list[Outcome]()
            for (decide, cause), moment in zip(steps, moments, strict=True):
                missing = doc is None and not changed
                before = (
                    self._created_before(scope, cause) if missing else self._known(scope, id, body, cause)
                )
                if before is not None:
                    outcomes.append(before)
                    continue
                body, changed = body if changed else memory.copied(body), True
                if cause.event is not None:
                    trace.start(cause.event.traceparent)
                parked, events = self._change(body, id, decide, cause, moment)
                if not parked:
                    memory.remember(body, cause, self._delivery(cause), created=doc is None)
                entries += [
                    outbox.entry(self.contracts, self.service, body, scope, id, e, cause, moment)
                    for e in events
                ]
                outcomes.append(_outcome(scope, id, body, parked=parked))
            if not changed or self._store(scope, id, body, doc, entries):
                return outcomes
            time.sleep(random.uniform(0, 0.002 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise Conflict(f"{self.name}/{scope}/{id}")

    def park(self, scope: str, id: str, cause: Cause, reason: str) -> Outcome:
        """Record that this event cannot be handled; it and its successors wait, the lane goes on."""

        def refuse(state: State | None, at: Moment) -> Decision:
            raise parking.Parked(reason)

        return self.update(scope, id, refuse, cause)

    def _delivery(self, cause: Cause) -> str:
        return self.contracts.families[cause.event.family].delivery if cause.event else ""

    def _last(self, body: Body, event: Event) -> int:
        delivery = self.contracts.families[event.family].delivery
        return memory.last(body, memory.stream(event, delivery))

    def _replayed_before(self, body: Body, cause: Cause) -> bool:
        event = cause.event
        return cause.replay and event is not None and event.sequence <= self._last(body, event)

    def _known(self, scope: str, id: str, body: Body, cause: Cause) -> Outcome | None:
        if cause.replay:
            return None
        if cause.kind == "command" or self._delivery(cause) == "single":
            if body["commands"].get(cause.id, cause.digest) != cause.digest:
                raise KeyReused(cause.id)
            known = cause.id in body["commands"]
        elif cause.event is not None:
            known = cause.event.sequence <= self._last(body, cause.event)
        else:
            known = cause.id not in body["todos"]
        return _outcome(scope, id, body, repeated=True) if known else None

    def _created_before(self, scope: str, cause: Cause) -> Outcome | None:
        """A lost answer to a creating command: the same key finds the document it made."""
        if cause.kind != "command":
            return None
        found = self.documents.find(self.name, {"scope": scope, "created_by": cause.id}, limit=1)
        return self._known(scope, found[0].id, found[0].body, cause) if found else None

    def _waits(self, body: Body, cause: Cause) -> str:
        """Why this event cannot be handled now; empty if it can."""
        if cause.event is None or self._delivery(cause) != "ordered":
            return ""
        ahead = cause.event.sequence - self._last(body, cause.event) - 1
        if body["parked"] and not cause.replay:
            return "" if ahead == 0 and parking.fills_gap(body) else parking.QUEUED
        return parking.GAP if ahead > 0 else ""

    def _change(
        self, body: Body, id: str, decide: Decide, cause: Cause, at: Moment
    ) -> tuple[bool, tuple[NewEvent, ...]]:
        """Change `body` in place; whether the cause was parked, and the events to append."""
        try:
            if reason := self._waits(body, cause):
                raise parking.Parked(reason)
            if cause.expected is not None and cause.expected != body["version"]:
                raise Stale(body["version"])
            decision = (unchanged if self._replayed_before(body, cause) else decide)(body["state"], at)
        except parking.Parked as parked:
            if cause.replay:
                raise
            head = parking.park(body, cause, parked.reason, at)
            told = parking.trouble(self.contracts, self.service, id, cause, parked.reason, at)
            return True, (told,) if head else ()
        _apply(body, decision, cause)
        if cause.replay and parking.unpark(body, cause):
            return False, (*decision.events, parking.relief(self.contracts, self.service, id, at))
        return False, decision.events

    def _store(self, scope: str, id: str, body: Body, old: Doc | None, entries: list[Body]) -> bool:
        """Write if nobody else did since the read."""
        faults.point("document.before_write")
        new = Doc(scope=scope, id=id, rev=1 if old is None else old.rev + 1, body=body)
        # The relay waits for entries, the claims for to-dos: nobody for what only moves the vector.
        quiet = not entries and body["todos"] == (old.body["todos"] if old else {})
        try:
            if old is None:
                self.documents.insert(self.name, new, entries, quiet)
            elif not self.documents.replace(self.name, new, old.rev, entries, quiet):
                return False
        except Duplicate as error:
            if old is None and error.index in ("id", "created_by"):
                return False
            raise
        faults.point("document.after_write")
        return True


def _apply(body: Body, decision: Decision, cause: Cause) -> None:
    if decision.state != body["state"] or decision.events:
        body["version"] += 1
    body["state"] = decision.state
    done = (*decision.done, cause.id) if cause.kind == "todo" else decision.done
    todos.add(body, decision.todos, done)


def _outcome(scope: str, id: str, body: Body, **how: bool) -> Outcome:
    return Outcome(scope=scope, id=id, state=body["state"], version=body["version"], **how)
