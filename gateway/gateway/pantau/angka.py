"""Figures of each kelurahan for the city's dashboards: open, late, connected, behind; read from stores, never counted.

They come from the projection of the events, so that a process that starts again shows the same.
"""

from __future__ import annotations

import threading
from typing import Any

import structlog

from chassis.aggregate import Aggregates
from chassis.contracts import Contracts
from chassis.metrics import Metrics
from chassis.ports.errors import PortError
from chassis.ports.events import Events
from gateway.pantau import status
from gateway.pantau.detak import Beats

EVERY = 15.0  # seconds
_log = structlog.get_logger(__name__)


class Offices:
    """Run by one thread of gateway-pantau."""

    def __init__(
        self, rujukan: Aggregates, beats: Beats, contracts: Contracts, events: Events, metrics: Metrics
    ) -> None:
        self._rujukan, self._beats, self._contracts = rujukan, beats, contracts
        self._events, self._metrics = events, metrics

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(EVERY):
            try:
                self.step()
            except PortError as error:
                _log.warning("figures_engine_away", error=repr(error))

    def step(self) -> None:
        """Measure every office with a stream once."""
        prefix = self._contracts.families["peristiwa"].prefix
        topics = {topic.removeprefix(prefix): topic for topic in self._events.topics(prefix)}
        for office in status.offices(
            self._rujukan, self._beats, self._contracts, self._events, topics, ("",)
        ):
            if office["kantor"] in topics:
                self._show(office["kantor"], office)

    def _show(self, kantor: str, office: dict[str, Any]) -> None:
        waiting, behind = office["antrean"], office["tertinggal"]
        self._metrics.set("ekel_office_open", waiting["terbuka"], kantor=kantor)
        self._metrics.set("ekel_office_late", waiting["terlambat"], kantor=kantor)
        self._metrics.set("ekel_office_behind", sum(behind.values()), kantor=kantor)
        if office["terhubung"] is not None:
            self._metrics.set("ekel_office_connected", bool(office["terhubung"]), kantor=kantor)
