"""Places: how many requests of one owner may be under way at once, here and at each service behind."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, deque
from collections.abc import Callable

from web.problems import Problem

PATIENCE = 1.0  # seconds that a request waits for a place at a service


class Places:
    """At most `each()` for one owner and `total` for all; up to `waiting` of one owner and `total` of all wait."""

    def __init__(self, each: Callable[[], int], total: int, *, waiting: int = 0) -> None:
        self._each, self._total, self._waiting = each, total, waiting
        self._held: Counter[str] = Counter()
        self._lines: dict[str, deque[object]] = {}  # who waits, by owner, in the order in which they came
        self._late: list[tuple[float, str]] = []
        self._change = threading.Condition()  # its lock may be taken again by who holds it

    def take(self, owner: str) -> None:
        """Raises `sedang-sibuk` with Retry-After."""
        with self._change:
            self._returned()
            if (owner in self._lines or not self._free(owner)) and not self._wait(owner):
                words = (
                    "Banyak permintaan dari kantor ini sedang dikerjakan. Tunggu sebentar, lalu coba lagi."
                )
                raise Problem("sedang-sibuk", words, headers={"Retry-After": str(self._pause(owner))})
            self._held[owner] += 1

    def give_back(self, owner: str) -> None:
        with self._change:
            self._held[owner] -= 1
            if not self._held[owner]:
                del self._held[owner]
            self._change.notify_all()

    def give_back_later(self, owner: str, seconds: float) -> None:
        """As `give_back`, that much later: looked at whenever somebody asks for a place."""
        with self._change:
            self._late.append((time.monotonic() + seconds, owner))

    def _pause(self, owner: str) -> int:
        """Seconds until a place may be free: soon, unless all of them wait for a service that was too slow."""
        late = [due for due, whose in self._late if whose == owner]
        stuck = late and len(late) >= self._held[owner]
        return max(1, math.ceil(min(late) - time.monotonic())) if stuck else 1

    def _returned(self) -> None:
        now = time.monotonic()
        for due, owner in [each for each in self._late if each[0] <= now]:
            self._late.remove((due, owner))
            self.give_back(owner)

    def _free(self, owner: str) -> bool:
        return self._held[owner] < self._each() and self._held.total() < self._total

    def _wait(self, owner: str) -> bool:
        """Stand in line for a place; False when the line is full, or the wait was in vain."""
        line, all_lines = self._lines.get(owner, deque[object]()), self._lines.values()
        if len(line) >= self._waiting or sum(map(len, all_lines)) >= self._total:
            return False
        turn, until = object(), time.monotonic() + PATIENCE
        line.append(turn)
        self._lines[owner] = line
        try:
            while not (line[0] is turn and self._free(owner)):
                if not self._change.wait(until - time.monotonic()):
                    return line[0] is turn and self._free(owner)
            return True
        finally:
            line.remove(turn)
            if not line:
                del self._lines[owner]
            self._change.notify_all()  # the next in line may have a place too
