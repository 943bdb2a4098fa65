"""Breakers: after failures in a row a service is not asked for one owner, for a growing while; then one may try."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from web.problems import Problem

FAILURES = 5  # in a row
FIRST, LONGEST = 2.0, 30.0  # seconds that a breaker stays open: twice as long each time


@dataclass(slots=True)
class _State:
    failed: int = 0
    until: float = 0.0  # open before this moment
    pause: float = FIRST
    trying: bool = False


class Breakers:
    """Per service × owner: a service that hangs for one kelurahan goes on answering the others. Thread-safe."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._states: dict[tuple[str, str], _State] = {}
        self._lock = threading.Lock()

    def enter(self, service: str, owner: str) -> None:
        """Raises `layanan-tidak-tersedia` with the seconds until the next try. What enters is told to `leave`."""
        with self._lock:
            state = self._states.get((service, owner))
            if state is None or state.failed < FAILURES:
                return
            left = state.until - self._now()
            if left <= 0 and not state.trying:
                state.trying = True
                return
            wait = str(max(1, math.ceil(left)))
        raise Problem("layanan-tidak-tersedia", headers={"Retry-After": wait})

    def leave(self, service: str, owner: str, *, good: bool | None) -> None:
        """`good` is None when nothing was learned: the request ended before the service was asked."""
        with self._lock:
            if good:
                self._states.pop((service, owner), None)
                return
            state = self._states.get((service, owner), _State())
            tried, state.trying = state.trying, False
            if good is None:
                return
            self._states[service, owner] = state
            state.failed += 1
            if state.failed >= FAILURES and (tried or state.failed == FAILURES):
                state.until = self._now() + state.pause
                state.pause = min(2 * state.pause, LONGEST)

    def open(self) -> list[tuple[str, str]]:
        """(service, owner) that are not asked now."""
        with self._lock:
            return sorted(key for key, state in self._states.items() if state.until > self._now())
