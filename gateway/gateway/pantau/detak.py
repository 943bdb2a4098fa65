"""Heartbeats: the counter's application says every half minute that this office can reach us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from chassis.clock import Clock, parse, rfc3339
from chassis.ports.documents import Collection, Doc, Documents
from chassis.ports.errors import Duplicate

COLLECTION = Collection("detak")
EVERY = 30  # seconds between two beats of a client
SILENT = timedelta(seconds=120)  # after which an office counts as cut off
_FRESH = timedelta(seconds=10)  # several counters of one office need not all be written down


class Beats:
    """One small document per office that ever beat; no person, no device."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def beat(self, kode: str) -> None:
        now, doc = self._clock.real(), self._documents.get(COLLECTION.name, kode, kode)
        body = {"waktu": rfc3339(now)}
        if doc is None:
            try:
                self._documents.insert(COLLECTION.name, Doc(scope=kode, id=kode, rev=1, body=body))
            except Duplicate:
                return  # another counter of this office, this moment
        elif now - parse(doc.body["waktu"]) > _FRESH:
            new = Doc(scope=kode, id=kode, rev=doc.rev + 1, body=body)
            self._documents.replace(COLLECTION.name, new, doc.rev)  # lost against a newer beat: as good

    def last(self, area: Iterable[str]) -> dict[str, datetime]:
        """Office → its last beat."""
        found: dict[str, datetime] = {}
        for prefix in area:
            where = {"scope": {"gte": prefix, "lt": f"{prefix}~"}}
            docs = self._documents.find(COLLECTION.name, where, limit=1000)
            found |= {doc.id: parse(doc.body["waktu"]) for doc in docs}
        return found

    def connected(self, last: datetime | None) -> bool | None:
        """None for an office that never sent a beat: nothing is known."""
        return None if last is None else self._clock.real() - last <= SILENT
