"""Who saw or decided what: one hash chain per service and scope, each entry a document of its own.

An entry is {n, time, actor, action, subject, previous, hash}; `hash` covers everything before it, so a change,
a removal and (with the head told elsewhere) a truncation can be found. Ids and pseudonyms only.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator

from chassis.clock import Clock, rfc3339
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate

COLLECTION = Collection("audit", (Index(("subject",)),))
START = "0" * 64


class Audit:
    """Append before the data is shown; concurrent writers of one chain take turns."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock
        self._lock = threading.Lock()

    def append(self, scope: str, *, actor: str, action: str, subject: str) -> None:
        """Durable when it returns. `actor` and `subject` are ids, `action` a code."""
        with self._lock:
            while True:
                last = self._last(scope)
                body: Body = {
                    "n": 1 if last is None else last["n"] + 1,
                    "time": rfc3339(self._clock.real()),
                    "actor": actor,
                    "action": action,
                    "subject": subject,
                    "previous": START if last is None else last["hash"],
                }
                body["hash"] = digest(body)
                try:
                    id = f"{body['n']:012d}"
                    self._documents.insert(COLLECTION.name, Doc(scope=scope, id=id, rev=1, body=body))
                    return
                except Duplicate:
                    continue

    def _last(self, scope: str) -> Body | None:
        found = self._documents.find(COLLECTION.name, {"scope": scope}, descending=True, limit=1)
        return found[0].body if found else None


def digest(body: Body) -> str:
    """SHA-256 of an entry without its own hash."""
    text = json.dumps({k: v for k, v in body.items() if k != "hash"}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken(entries: Iterator[Body]) -> str:
    """The first place where a chain does not hold; empty if it does."""
    previous = START
    for n, body in enumerate(entries, 1):
        if body["n"] != n or body["previous"] != previous or body["hash"] != digest(body):
            return f"entry {n}"
        previous = body["hash"]
    return ""
