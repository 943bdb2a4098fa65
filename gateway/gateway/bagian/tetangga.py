"""How many gateway processes there are: each says every few seconds that it lives, and counts the others."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import structlog

from chassis.clock import Clock, parse, rfc3339
from chassis.ids import new_id
from chassis.ports.documents import Collection, Doc, Documents
from chassis.ports.errors import Duplicate, PortError

COLLECTION = Collection("gerbang")
EVERY = 5.0  # seconds between two beats
GONE = timedelta(seconds=15)
_SCOPE = "gerbang"
_log = structlog.get_logger(__name__)


class Peers:
    """Living processes, this one included; while the engine is away the last number holds. Thread-safe."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock, self._me = documents, clock, new_id()
        self._next, self._count = 0.0, 1
        self._lock = threading.Lock()

    @property
    def known(self) -> int:
        """As `look` saw it last."""
        return self._count

    def look(self) -> None:
        """Beat and count, where that is due; the engine may let one caller wait."""
        with self._lock:
            due = time.monotonic() >= self._next
            if due:
                self._next = time.monotonic() + EVERY
        if due:
            try:
                self._count = self._beat()
            except PortError as error:
                _log.warning("peers_engine_away", error=repr(error))

    def _beat(self) -> int:
        now = self._clock.real()
        docs = self._documents.find(COLLECTION.name, {"scope": _SCOPE}, limit=1000)
        alive = 0
        for doc in docs:
            if doc.id == self._me:
                continue
            if now - parse(doc.body["waktu"]) < GONE:
                alive += 1
            else:
                self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)
        mine = next((doc for doc in docs if doc.id == self._me), None)
        body = {"waktu": rfc3339(now)}
        if mine is None:
            try:
                self._documents.insert(COLLECTION.name, Doc(scope=_SCOPE, id=self._me, rev=1, body=body))
            except Duplicate:
                return alive + 1  # a thread of ours, this moment
        else:
            new = Doc(scope=_SCOPE, id=self._me, rev=mine.rev + 1, body=body)
            self._documents.replace(COLLECTION.name, new, mine.rev)
        return alive + 1
