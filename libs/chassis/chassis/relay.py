"""From the outboxes to the log: head first, acknowledged entries removed, one batch in flight per scope.

Safety does not rest on the lease: entries leave the outbox only after their acknowledgement, so two relays
cause repeats (which consumers drop), never loss or disorder.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

import structlog

from chassis import faults, outbox
from chassis.lease import Lease
from chassis.metrics import Metrics
from chassis.ports.documents import Documents, Unsent
from chassis.ports.errors import PortError
from chassis.ports.events import Ack, Events, Publisher

A = TypeVar("A")
B = TypeVar("B")
BATCH = 200  # entries of one scope in flight
TOGETHER = 4  # scopes that wait for an engine at the same time
PATIENCE = 5.0  # seconds until a scope is set aside
_log = structlog.get_logger(__name__)


class Relay:
    """Run by one thread of a worker, with a small pool: a scope mostly waits for disks, others go on meanwhile."""

    def __init__(
        self, service: str, documents: Documents, events: Events, lease: Lease, metrics: Metrics
    ) -> None:
        self._service, self._documents, self._events = service, documents, events
        self._lease, self._metrics = lease, metrics
        self._publishers: dict[str, Publisher] = {}
        self._aside: dict[str, tuple[float, float]] = {}
        self._pool = ThreadPoolExecutor(TOGETHER, thread_name_prefix="relay")
        self._lock = threading.Lock()  # guards the publishers

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop; errors of the engines are retried, never swallowed."""
        watch = self._documents.watch(outbox=True)
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
            self._pool.shutdown(wait=True)
            for publisher in self._publishers.values():
                publisher.close()

    def step(self) -> int:
        """One round over all scopes that have something to send; the number of entries acknowledged."""
        now = time.monotonic()
        ready = [s for s in self._documents.waiting() if self._aside.get(s, (0.0, 0.0))[0] <= now]
        flights = self._together(self._start, ready)
        return sum(self._together(lambda flight: self._land(*flight, now + PATIENCE), flights))

    def _together(self, action: Callable[[A], B], each: Sequence[A]) -> list[B]:
        """Results in order; nothing is still running when an error is raised."""
        if len(each) == 1:  # the usual case needs no other thread
            return [action(each[0])]
        running = [self._pool.submit(action, one) for one in each]
        wait(running)
        return [one.result() for one in running]

    def _start(self, scope: str) -> tuple[str, Sequence[Unsent], Ack]:
        entries = self._documents.unsent(scope, BATCH)
        faults.point("relay.before_publish")
        return scope, entries, self._publisher(scope).publish([outbox.record(e.entry) for e in entries])

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
        with self._lock:
            if key not in self._publishers:
                self._publishers[key] = self._events.publisher()
            return self._publishers[key]

    def _set_aside(self, scope: str, error: PortError) -> None:
        """After any error its publisher is replaced (a refused record may poison it), and no other scope's."""
        with self._lock:
            if publisher := self._publishers.pop(scope if scope in self._aside else "", None):
                publisher.close()
        pause = min(60.0, 2 * self._aside.get(scope, (0.0, 0.5))[1])
        self._aside[scope] = (time.monotonic() + pause, pause)
        self._metrics.count("ekel_relay_set_aside_total", service=self._service)
        _log.warning("relay_scope_set_aside", scope=scope, seconds=pause, error=repr(error))
