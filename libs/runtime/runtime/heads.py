"""The newest entry of every audit chain, kept among the service's own documents: who cuts the chain cannot reach it.

One document per scope, {n, hash}, written before `Audit.append` returns. It only moves forward, and only along the
chain: a head whose entry is gone or another stays as it is, so that what was cut is found whatever is appended later.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

import structlog

from chassis import audit
from chassis.ports.documents import Body, Collection, Doc, Documents
from chassis.ports.errors import Duplicate

COLLECTION = Collection("audit_heads")
ID = "head"
_log = structlog.get_logger("runtime.heads")


class Heads:
    """Told by `Audit` of each durable entry. Of many at once one writes for all: its head is the newest of them."""

    def __init__(self, documents: Documents, chain: Documents) -> None:
        self._documents, self._chain = documents, chain
        self._newest: dict[str, Body] = {}  # by scope: what this process has appended
        self._kept: dict[str, int] = {}  # by scope: up to which entry the head is known to stand
        self._lock, self._turns = Lock(), dict[str, Lock]()

    def tell(self, scope: str, entry: Body) -> None:
        """Durable when it returns. Raises `Unavailable`."""
        with self._lock:
            newest = self._newest.get(scope)
            if newest is None or newest["n"] < entry["n"]:
                self._newest[scope] = entry
            turn = self._turns.setdefault(scope, Lock())
        with turn:
            if self._kept.get(scope, 0) < entry["n"]:
                newest = self._newest[scope]
                self._move(scope, newest)
                self._kept[scope] = newest["n"]

    def _move(self, scope: str, entry: Body) -> None:
        new = {"n": entry["n"], "hash": entry["hash"]}
        while True:
            old = self._documents.get(COLLECTION.name, scope, ID)
            if old is None:
                try:
                    self._documents.insert(COLLECTION.name, Doc(scope=scope, id=ID, rev=1, body=new))
                    return
                except Duplicate:
                    continue
            if not self._leads(old.body, scope, entry):
                _log.error("audit_chain_is_not_what_its_head_says", scope=scope, head=old.body["n"])
                return
            if old.body["n"] >= entry["n"]:  # another process was further
                return
            doc = Doc(scope=scope, id=ID, rev=old.rev + 1, body=new)
            if self._documents.replace(COLLECTION.name, doc, old.rev, quiet=True):
                return

    def _leads(self, head: Mapping[str, Any], scope: str, entry: Body) -> bool:
        """Whether the entry that the head names still stands in the chain."""
        if head["n"] == entry["n"] - 1:
            return bool(head["hash"] == entry["previous"])
        return not missing(head, self._chain.get(audit.COLLECTION.name, scope, audit.place(head["n"])))


def missing(head: Mapping[str, Any], found: Doc | None) -> bool:
    """Whether the entry that a head names is gone or another."""
    return found is None or bool(found.body["hash"] != head["hash"])
