"""A change stream as a `Watch`: one waiting request, woken by writes of documents, not by `clear`."""

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
_STORED = {"operationType": {"$in": ["insert", "replace", "delete"]}}
_REVISED = {"updateDescription.updatedFields.rev": {"$exists": True}}
_PIPELINE = [{"$changeStream": {}}, {"$match": {"$or": [_STORED, _REVISED]}}, {"$project": {"_id": 1}}]


class ChangeWatch:
    """`Watch` on one database. While the engine is away it sleeps like a clock, then wakes once without cause."""

    def __init__(self, database: Callable[[], Database[dict[str, Any]]]) -> None:
        self._database, self._closed = database, Event()
        self._session: ClientSession | None = None
        with suppress(PyMongoError, PortError):  # `wait` tries again
            self._open()

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while not self._closed.is_set():
            left = max(0.0, deadline - time.monotonic())
            try:
                if self._session is None or self._more(min(left, SLICE)):
                    if self._session is None:
                        self._open()
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
        command = {"aggregate": 1, "pipeline": _PIPELINE, "cursor": {}}
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
