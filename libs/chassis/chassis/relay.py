"""From the outboxes to the log: head first, acknowledged entries removed, one batch in flight per scope.

Safety does not rest on the lease: entries leave the outbox only after their acknowledgement, so two relays
cause repeats (which consumers drop), never loss or disorder.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import structlog

from chassis import faults, outbox
from chassis.lease import Lease
from chassis.metrics import Metrics
from chassis.ports.documents import Documents, Unsent
from chassis.ports.errors import PortError
from chassis.ports.events import Ack, Events, Publisher

BATCH = 200  # entries of one scope in flight
PATIENCE = 5.0  # seconds until a scope is set aside
_log = structlog.get_logger(__name__)


class Relay:
    """Run by one thread of a worker."""

    def __init__(
        self, service: str, documents: Documents, events: Events, lease: Lease, metrics: Metrics
    ) -> None:
        self._service, self._documents, self._events = service, documents, events
        self._lease, self._metrics = lease, metrics
        self._publishers: dict[str, Publisher] = {}
        self._aside: dict[str, tuple[float, float]] = {}

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop; errors of the engines are retried, never swallowed."""
        watch = self._documents.watch()
        try:
            while not stop.is_set():
                try:
                    sent = self._lease.hold() and self.step()
                except PortError as error:
                    _log.warning("relay_engine_away", error=repr(error))
                    sent = False
                if not sent:
                    watch.wait(0.5)
            self._lease.release()
        finally:
            watch.close()
            for publisher in self._publishers.values():
                publisher.close()

    def step(self) -> int:
        """One round over all scopes that have something to send; the number of entries acknowledged."""
        now = time.monotonic()
        flights = []
        for scope in self._documents.waiting():
            if self._aside.get(scope, (0.0, 0.0))[0] <= now:
                entries = self._documents.unsent(scope, BATCH)
                faults.point("relay.before_publish")
                batch = [outbox.record(e.entry) for e in entries]
                flights.append((scope, entries, self._publisher(scope).publish(batch)))
        return sum(self._land(scope, entries, ack, now + PATIENCE) for scope, entries, ack in flights)

    def _land(self, scope: str, entries: Sequence[Unsent], ack: Ack, deadline: float) -> int:
        try:
            ack.wait(max(0.0, deadline - time.monotonic()))
        except PortError as error:
            self._set_aside(scope, error)
            return 0
        faults.point("relay.after_publish")
        self._documents.clear(entries)
        self._aside.pop(scope, None)
        self._metrics.count("ekel_events_published_total", len(entries), service=self._service)
        return len(entries)

    def _publisher(self, scope: str) -> Publisher:
        """The common publisher, or one of its own for a scope in trouble."""
        key = scope if scope in self._aside else ""
        if key not in self._publishers:
            self._publishers[key] = self._events.publisher()
        return self._publishers[key]

    def _set_aside(self, scope: str, error: PortError) -> None:
        """After any error the publisher is replaced (a refused record may poison it)."""
        for key in {"", scope} & self._publishers.keys():
            self._publishers.pop(key).close()
        pause = min(60.0, 2 * self._aside.get(scope, (0.0, 0.5))[1])
        self._aside[scope] = (time.monotonic() + pause, pause)
        self._metrics.count("ekel_relay_set_aside_total", service=self._service)
        _log.warning("relay_scope_set_aside", scope=scope, seconds=pause, error=repr(error))
