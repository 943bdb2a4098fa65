"""From a record to a decision: which document an event concerns and who decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from chassis.aggregate import Aggregates, Outcome
from chassis.causes import Cause, Decide, Decision, Moment, State, unchanged
from chassis.contracts import Contracts
from chassis.envelope import Event, incoming
from chassis.ports.events import Record


class UnknownMajor(Exception):
    """A handled event in a version that this release cannot read: the lane waits for a newer release."""


Handle = Callable[[Event, State | None, Moment], Decision]


def by_subject(event: Event) -> tuple[str, str]:
    """The usual address: the document of the event's subject."""
    return event.scope, event.subject


@dataclass(frozen=True, slots=True)
class Route:
    """Who handles a type, in which collection and document."""

    store: Aggregates
    handle: Handle
    address: Callable[[Event], tuple[str, str]] = by_subject


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """All routes of a service; `cases` holds the vector also for types nobody handles."""

    service: str
    contracts: Contracts
    cases: Aggregates
    routes: Mapping[str, Route] = field(default_factory=dict)

    def prefixes(self) -> list[str]:
        """Topics to subscribe to: the families this service hears."""
        heard = {t.family.name for t in self.contracts.heard_by(self.service)}
        return sorted(self.contracts.families[name].prefix for name in heard)

    def event(self, record: Record) -> Event:
        family = self.contracts.family_of(record.topic)
        return incoming(record, family.name, self.contracts.scope_extension)

    def target(self, event: Event) -> tuple[Route, tuple[str, str]] | None:
        """The route and address; None when the event asks nothing of this service."""
        route = self.routes.get(event.type)
        if route is None:
            self._refuse_unknown_major(event)
            ordered = self.contracts.families[event.family].delivery == "ordered"
            if not ordered or event.source == self.service:
                return None
            route = Route(self.cases, lambda _, state, at: unchanged(state, at))
        return route, route.address(event)

    def apply(self, record: Record, event: Event, *, replay: bool = False) -> Outcome | None:
        """Handle one event; raises whatever the decision raises."""
        found = self.target(event)
        if found is None:
            return None
        route, (scope, id) = found
        return route.store.update(scope, id, *_step(route, record, event, replay=replay))

    def together(self, records: Sequence[Record]) -> list[tuple[Event, Outcome]]:
        """Handle those at the beginning that concern one document in one write; none if they are less than two.

        Raises whatever reading, deciding or storing them raises: then nothing is done, or all of it (`Unavailable`) and
        the next try finds repeats.
        """
        steps, place = list[tuple[Event, tuple[Decide, Cause]]](), None
        for record in records:
            event = self.event(record)
            found = self.target(event)
            if found is None:
                break
            route, address = found
            if place not in (None, (route.store, address)):
                break
            place = route.store, address
            steps.append((event, _step(route, record, event)))
        if place is None or len(steps) < 2:
            return []
        store, (scope, id) = place
        outcomes = store.together(scope, id, [step for _, step in steps])
        return [(event, outcome) for (event, _), outcome in zip(steps, outcomes, strict=True)]

    def park(self, record: Record, event: Event, reason: str) -> None:
        """Let this application wait, and nothing else."""
        found = self.target(event)
        if found is not None:
            route, (scope, id) = found
            route.store.park(scope, id, cause_of(record, event), reason)

    def _refuse_unknown_major(self, event: Event) -> None:
        stem = event.type.rsplit(".", 1)[0]
        if any(known.rsplit(".", 1)[0] == stem for known in self.routes):
            raise UnknownMajor(event.type)


def _step(route: Route, record: Record, event: Event, *, replay: bool = False) -> tuple[Decide, Cause]:
    def decide(state: State | None, at: Moment) -> Decision:
        return route.handle(event, state, at)

    return decide, cause_of(record, event, replay=replay)


def cause_of(record: Record, event: Event, *, replay: bool = False) -> Cause:
    return Cause.of(event, {"topic": record.topic, "offset": record.offset}, replay=replay)
