"""Who saw or decided what: one hash chain per service and scope, each entry a document of its own.

An entry is {n, time, actor, action, subject, previous, hash}; `hash` covers everything before it, so a change,
a removal and (`told` keeps the newest elsewhere) a truncation can be found. Ids and pseudonyms only.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator

from chassis.clock import Clock, rfc3339
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate

COLLECTION = Collection("audit", (Index(("subject",)),))
START = "0" * 64
place = "{:012d}".format  # id of the n-th entry


class Audit:
    """Append before the data is shown; concurrent writers of one chain take turns."""

    def __init__(self, documents: Documents, clock: Clock, told: Callable[[str, Body], None]) -> None:
        self._documents, self._clock, self._told = documents, clock, told
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
                    doc = Doc(scope=scope, id=place(body["n"]), rev=1, body=body)
                    self._documents.insert(COLLECTION.name, doc, quiet=True)
                    break
                except Duplicate:
                    continue
        self._told(scope, body)

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
