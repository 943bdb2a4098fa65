"""Figures a worker measures of its own backlog: outbox age, lag, parked applications, halted lanes, late to-dos."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from chassis import deadletters
from chassis.clock import real_now, rfc3339
from chassis.dispatch import Dispatcher
from chassis.metrics import Metrics
from chassis.ports.documents import Documents
from chassis.ports.errors import PortError
from chassis.ports.events import Events

EVERY = 5.0  # seconds
LATE = timedelta(minutes=5)  # longer than any first pause of a to-do that failed
_log = structlog.get_logger(__name__)


class Figures:
    """Run by one thread of a worker."""

    def __init__(
        self,
        service: str,
        documents: Documents,
        events: Events,
        dispatcher: Dispatcher,
        metrics: Metrics,
        halted: Callable[[], list[str]],
    ) -> None:
        self._service, self._documents, self._events, self._halted = service, documents, events, halted
        self._dispatcher, self._metrics = dispatcher, metrics

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(EVERY):
            try:
                self.step()
            except PortError as error:
                _log.warning("figures_engine_away", error=repr(error))

    def step(self) -> None:
        """Measure once."""
        oldest = min(self._documents.waiting().values(), default=None)
        age = 0.0 if oldest is None else (real_now() - datetime.fromisoformat(oldest)).total_seconds()
        self._metrics.set("ekel_outbox_oldest_seconds", max(0.0, age), service=self._service)
        parked = len(deadletters.listing(self._dispatcher.cases))
        self._metrics.set("ekel_parked_applications", parked, service=self._service)
        self._metrics.set("ekel_lanes_halted", len(self._halted()), service=self._service)
        self._metrics.set("ekel_todos_late", self._late(), service=self._service)
        for topic, lag in self._events.lag(self._service, self._dispatcher.prefixes()).items():
            self._metrics.set("ekel_lane_lag", lag, service=self._service, topic=topic)

    def _late(self) -> int:
        store = self._dispatcher.cases
        clocks = {"office": store.clock.now(), "real": store.clock.real()}
        return sum(
            store.documents.count(store.name, {f"due.{clock}": {"lte": rfc3339(now - LATE)}})
            for clock, now in clocks.items()
        )
