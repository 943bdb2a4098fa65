"""A change stream as a `Watch`: one waiting request, woken by writes, not by a `clear` that leaves nothing.

A write that is `quiet` says so in the document, so that the server itself passes it over; it wakes at most once per
`GATHER`, because every waking costs the sleeper several requests and what is written meanwhile needs one look.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.ports.errors import PortError

SLICE = 1.0  # seconds the server holds one request; closing waits no longer than that
GATHER = 0.02  # seconds from one waking to the next
_MADE = {"operationType": {"$in": ["insert", "replace", "delete"]}, "fullDocument.quiet": {"$exists": False}}
_FIELDS = "updateDescription.updatedFields"
_REVISED = {f"{_FIELDS}.rev": {"$exists": True}, f"{_FIELDS}.quiet": {"$exists": False}}
# An entry beside older ones changes no `unsent`: whoever sends those finds it.
_APPENDED = [{"fullDocument.unsent": {"$exists": True}}, {f"{_FIELDS}.unsent": {"$exists": True}}]


class ChangeWatch:
    """`Watch` on one database. While the engine is away it sleeps like a clock, then wakes once without cause."""

    def __init__(self, database: Callable[[], Database[dict[str, Any]]], *, outbox: bool) -> None:
        self._database, self._closed, self._woken = database, Event(), 0.0
        heard = _APPENDED if outbox else [_MADE, _REVISED]
        self._pipeline = [{"$changeStream": {}}, {"$match": {"$or": heard}}, {"$project": {"_id": 1}}]
        self._session: ClientSession | None = None
        with suppress(PyMongoError, PortError):  # `wait` tries again
            self._open()

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        self._closed.wait(min(timeout, max(0.0, self._woken + GATHER - time.monotonic())))
        while not self._closed.is_set():
            left = max(0.0, deadline - time.monotonic())
            try:
                if self._session is None or self._more(min(left, SLICE)):
                    if self._session is None:
                        self._open()
                    self._woken = time.monotonic()
                    return True
            except (PyMongoError, PortError):
                self._forget()
                self._closed.wait(min(left, SLICE))
            if left <= SLICE:
                break
        return False

    def close(self) -> None:
        self._closed.set()
        self._forget()

    def _open(self) -> None:
        session = self._database().client.start_session(causal_consistency=False)
        command = {"aggregate": 1, "pipeline": self._pipeline, "cursor": {}}
        self._cursor = self._database().command(command, session=session)["cursor"]["id"]
        self._session = session

    def _more(self, seconds: float) -> bool:
        """All changes since the last look come in one answer; the server waits for the first of them."""
        wait = max(1, int(seconds * 1000))
        command = {"getMore": self._cursor, "collection": "$cmd.aggregate", "maxTimeMS": wait}
        return bool(self._database().command(command, session=self._session)["cursor"]["nextBatch"])

    def _forget(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(PyMongoError, PortError):
                self._database().command({"killCursors": "$cmd.aggregate", "cursors": [self._cursor]})
            session.end_session()
