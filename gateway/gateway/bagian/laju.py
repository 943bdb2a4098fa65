"""Rates: how many requests of one owner in ten seconds, over all gateway processes.

One counter document per owner and window; a process takes a bundle of requests at a time from it, so that a hundred
requests cost one write. What a process has taken and not used is lost with the window: the limit is never exceeded.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

import structlog

from chassis.clock import Clock
from chassis.ports.documents import Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate, Unavailable
from web.problems import Problem

COLLECTION = Collection("laju", (Index(("jendela",)),))
WINDOW = 10  # seconds
_SHARES = 10  # bundles of a window
_SWEPT = 20  # old counters removed with each new one
_MOST = 5_000  # owners remembered per process
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Bundle:
    window: int
    left: int
    over: bool = False  # nothing more is to be had in this window


class Rates:
    """`most` requests of one owner per window. Thread-safe. An engine that is away limits nobody, and says so."""

    def __init__(self, documents: Documents, clock: Clock, most: int) -> None:
        self._documents, self._clock, self._most = documents, clock, most
        self._bundles: dict[str, _Bundle] = {}
        self._lock = threading.Lock()

    def take(self, owner: str, *, shared: bool = True) -> None:
        """Count one request; unless `shared`, in this process alone.

        Raises `terlalu-sering` with the seconds until the next window.
        """
        now = self._clock.real().timestamp()
        window = int(now // WINDOW)
        with self._lock:
            bundle = self._bundles.get(owner)
            if bundle is not None and bundle.window == window and (bundle.left or bundle.over):
                return self._use(bundle, now)
        fresh = _Bundle(window, self._claimed(owner, window) if shared else self._most)
        with self._lock:
            if len(self._bundles) >= _MOST:
                self._bundles.clear()
            bundle = self._bundles.get(owner)
            if bundle is not None and bundle.window == window:
                fresh.left += bundle.left  # another thread claimed beside us
            fresh.over = not shared or not fresh.left
            self._bundles[owner] = fresh
            return self._use(fresh, now)

    def _use(self, bundle: _Bundle, now: float) -> None:
        if not bundle.left:
            wait = str(max(1, math.ceil((bundle.window + 1) * WINDOW - now)))
            words = f"Terlalu banyak permintaan dari kantor ini. Coba lagi dalam {wait} detik."
            raise Problem("terlalu-sering", words, headers={"Retry-After": wait})
        bundle.left -= 1

    def _claimed(self, owner: str, window: int) -> int:
        """How many requests this process may let pass now; 0 when the window is used up."""
        size, id = max(1, self._most // _SHARES), f"{owner}.{window}"
        try:
            while True:
                doc = self._documents.get(COLLECTION.name, owner, id)
                if doc is None:
                    if self._insert(owner, id, window, size):
                        return size
                    continue
                more = min(size, self._most - int(doc.body["n"]))
                if more <= 0:
                    return 0
                new = Doc(scope=owner, id=id, rev=doc.rev + 1, body={**doc.body, "n": doc.body["n"] + more})
                if self._documents.replace(COLLECTION.name, new, doc.rev):
                    return more
        except Unavailable as error:
            _log.warning("rates_engine_away", error=repr(error))
            return size

    def _insert(self, owner: str, id: str, window: int, size: int) -> bool:
        for old in self._documents.find(COLLECTION.name, {"jendela": {"lt": window - 1}}, limit=_SWEPT):
            self._documents.delete(COLLECTION.name, old.scope, old.id, old.rev)
        try:
            body = {"jendela": window, "n": size}
            self._documents.insert(COLLECTION.name, Doc(scope=owner, id=id, rev=1, body=body))
        except Duplicate:
            return False
        return True
