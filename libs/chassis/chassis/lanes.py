"""What a worker knows of its lanes: queues, pauses, and which scope is being worked on."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from chassis.ports.events import Record

HIGH, LOW = 200, 50  # queued records at which a lane is paused and resumed


@dataclass(slots=True)
class Lane:
    """One topic that this worker owns. `not_before` is a retry's time; `alone` counts the records at the head that
    failed together and go one by one.
    """

    topic: str
    scope: str
    queue: deque[Record] = field(default_factory=deque)
    paused: bool = False
    owned: bool = True
    tries: int = 0
    not_before: float = 0.0
    halted: str = ""
    alone: int = 0


class Lanes:
    """Thread-safe; at most one thread per scope is given work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, Lane] = {}
        self._busy: set[str] = set()

    def keep(self, owned: Iterable[str]) -> list[Lane]:
        """Forget lanes that went to another member; those with a queue that nobody works on are returned."""
        with self._lock:
            gone = [self._lanes.pop(topic) for topic in self._lanes.keys() - set(owned)]
            for lane in gone:
                lane.owned = False
            return [lane for lane in gone if lane.queue and lane.scope not in self._busy]

    def put(self, record: Record, scope: str) -> Lane:
        with self._lock:
            lane = self._lanes.setdefault(record.topic, Lane(record.topic, scope))
            lane.queue.append(record)
            return lane

    def all(self) -> list[Lane]:
        with self._lock:
            return list(self._lanes.values())

    def take(self) -> list[Lane]:
        """Lanes that may be worked on now, each marked busy with its scope."""
        now, taken = time.monotonic(), []
        with self._lock:
            for lane in self._lanes.values():
                ready = lane.queue and not lane.halted and lane.not_before <= now
                if ready and lane.scope not in self._busy:
                    self._busy.add(lane.scope)
                    taken.append(lane)
        return taken

    def reserve(self, scope: str) -> bool:
        """Take a scope for work outside its queues (a replay); False if it is busy."""
        with self._lock:
            if scope in self._busy:
                return False
            self._busy.add(scope)
            return True

    def give_back(self, scope: str) -> None:
        with self._lock:
            self._busy.discard(scope)
