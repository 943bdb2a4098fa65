"""The event log of a process that works without it: opened by whoever asks first and finds it there, then kept."""

from __future__ import annotations

from threading import Lock

from chassis.ports.events import Events
from engines.open import open_events


class Once:
    """Called by any thread; may raise what opening raises, and is then opened by the next who asks."""

    def __init__(self, url: str, service: str) -> None:
        self._url, self._service, self._lock = url, service, Lock()
        self._opened: Events | None = None

    def __call__(self) -> Events:
        with self._lock:
            if self._opened is None:
                self._opened = open_events(self._url, self._service)
        return self._opened

    def close(self) -> None:
        """Nothing where nobody asked."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
