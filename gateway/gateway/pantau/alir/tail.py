"""The one reader of the log in this process: a thread that hands every new record to the loop, in batches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import structlog

from chassis.ports.errors import PortError
from chassis.ports.events import Events
from gateway.pantau.alir import frames
from gateway.pantau.alir.frames import Item
from gateway.pantau.stream import Lane, structured

WARM = 10  # records of each kelurahan that a new process begins with: clients of the former one lack few
BATCH = 100  # items handed over at once
PAUSE = 0.02  # seconds in which new records are gathered
LOOK = 1.0  # seconds between two looks for switched-on kelurahan and another epoch
_log = structlog.get_logger(__name__)


class AnotherEpoch(Exception):
    """The log was restored: every place that anybody knows is void."""


class Tail:
    """`begin` once, then `run`; `deliver` may wait, which slows the reading down to what the loop can do."""

    def __init__(self, events: Events, prefix: str) -> None:
        self._events, self._prefix = events, prefix
        self._lanes: dict[str, Lane] = {}
        self._topics: dict[str, str] = {}
        self._looked, self._good = 0.0, time.monotonic()
        self.epoch = ""

    def begin(self) -> dict[str, int]:
        """Open every lane some records before its end; the places. Raises `PortError`."""
        self.epoch = self._events.epoch()
        self._topics = self._found()
        bounds = self._events.bounds(list(self._topics.values()))
        place = {}
        for kode, topic in self._topics.items():
            first, end = bounds[topic]
            place[kode] = max(first, end - WARM)
            self._open(kode, topic, place[kode], (first, end))
        return place

    def run(self, stop: threading.Event, deliver: Callable[[Sequence[Item]], None]) -> None:
        """Until `stop`. Raises `AnotherEpoch`; an engine that is away is waited for."""
        watch = None
        while not stop.is_set():
            try:
                watch = watch or self._events.watch()
                self._pass(deliver)
                self._good = time.monotonic()
                if watch.wait(LOOK):
                    stop.wait(PAUSE)
            except PortError as error:
                _log.warning("engine_away", error=repr(error))
                watch = None
                stop.wait(1.0)

    def healthy(self) -> str:
        """Empty, or since when nothing could be read."""
        silent = time.monotonic() - self._good
        return f"no look at the log for {silent:.0f} s" if silent > 10 * LOOK else ""

    def _pass(self, deliver: Callable[[Sequence[Item]], None]) -> None:
        if time.monotonic() - self._looked >= LOOK:
            self._look()
        bounds = self._events.bounds(list(self._topics.values()))
        batch: list[Item] = []
        for kode, lane in self._lanes.items():
            lane.end = bounds[self._topics[kode]][1]
            while (record := lane.take()) is not None:
                event = structured(record) if lane.new(record) else None
                kind, body = ("", b"") if event is None else (event["type"], frames.body(event))
                batch.append(Item(kode, record.offset, kind, body))
                if len(batch) >= BATCH:
                    deliver(batch)
                    batch = []
        if batch:
            deliver(batch)

    def _look(self) -> None:
        """A kelurahan that is switched on while we run is read from its first event."""
        if self._events.epoch() != self.epoch:
            raise AnotherEpoch
        fresh = {kode: topic for kode, topic in self._found().items() if kode not in self._topics}
        bounds = self._events.bounds(list(fresh.values())) if fresh else {}
        for kode, topic in fresh.items():
            self._open(kode, topic, bounds[topic][0], bounds[topic])
        self._topics |= fresh
        self._looked = time.monotonic()

    def _open(self, kode: str, topic: str, offset: int, bounds: tuple[int, int]) -> None:
        self._lanes[kode] = Lane(self._events, kode, topic, offset, bounds)

    def _found(self) -> dict[str, str]:
        return {t.removeprefix(self._prefix): t for t in self._events.topics(self._prefix)}
