"""One holder per name: a small document with a beat, taken over after an unchanged beat.

Nobody's wall clock decides: a contender watches the beat on its own monotonic clock. Two holders at once are
possible for a moment and must do no harm; the lease only makes them rare.
"""

from __future__ import annotations

import time

from chassis.ids import new_id
from chassis.ports.documents import Collection, Doc, Documents
from chassis.ports.errors import Duplicate

COLLECTION = Collection("leases")
PATIENCE = 6.0  # seconds without a new beat before takeover
RENEW = 2.0  # seconds between beats
_SCOPE = "-"


class Lease:
    """`hold()` often; it costs a read at most every two seconds."""

    def __init__(self, documents: Documents, name: str) -> None:
        self._documents, self._name, self._me = documents, name, new_id()
        self._mine: Doc | None = None
        self._renewed = 0.0
        self._watched: tuple[int, float] = (-1, 0.0)

    def hold(self) -> bool:
        """True while this process holds the lease; takes it when it is free or abandoned."""
        now = time.monotonic()
        if self._mine is not None:
            return now - self._renewed < RENEW or self._write(self._mine, now)
        found = self._documents.get(COLLECTION.name, _SCOPE, self._name)
        if found is None:
            return self._write(None, now)
        if self._watched[0] != found.rev:
            self._watched = (found.rev, now)
        return now - self._watched[1] > PATIENCE and self._write(found, now)

    def release(self) -> None:
        """Let the next one in at once."""
        if self._mine is not None:
            self._documents.delete(COLLECTION.name, _SCOPE, self._name, self._mine.rev)
            self._mine = None

    def _write(self, old: Doc | None, now: float) -> bool:
        rev = 1 if old is None else old.rev + 1
        new = Doc(scope=_SCOPE, id=self._name, rev=rev, body={"holder": self._me})
        try:
            if old is None:
                self._documents.insert(COLLECTION.name, new, quiet=True)
                taken = True
            else:
                taken = self._documents.replace(COLLECTION.name, new, old.rev, quiet=True)
        except Duplicate:
            taken = False
        self._mine, self._renewed = (new if taken else None), now
        return taken
