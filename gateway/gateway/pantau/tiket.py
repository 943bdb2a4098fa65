"""Tickets for the stream: a page cannot give its EventSource a header, so it shows a ticket, once, within a minute."""

from __future__ import annotations

import secrets
from datetime import timedelta

from chassis.clock import Clock, rfc3339
from chassis.ports.documents import Collection, Doc, Documents, Index
from gateway.sessions import fingerprint

COLLECTION = Collection("tiket", (Index(("sampai",)),))
SECONDS = 60
_SCOPE = "tiket"
_SWEPT = 20  # old tickets removed with each new one


class Tickets:
    """Kept as hashes, in documents: any process may be shown one."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def give(self, session: str) -> str:
        """A ticket for the session with this fingerprint."""
        self._sweep()
        ticket, until = secrets.token_urlsafe(32), self._clock.real() + timedelta(seconds=SECONDS)
        body = {"sesi": session, "sampai": rfc3339(until)}
        self._documents.insert(COLLECTION.name, Doc(scope=_SCOPE, id=fingerprint(ticket), rev=1, body=body))
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The session's fingerprint, for the first who shows the ticket in time."""
        doc = self._documents.get(COLLECTION.name, _SCOPE, fingerprint(ticket))
        if doc is None or not self._documents.delete(COLLECTION.name, _SCOPE, doc.id, doc.rev):
            return None
        return str(doc.body["sesi"]) if doc.body["sampai"] > rfc3339(self._clock.real()) else None

    def _sweep(self) -> None:
        where = {"sampai": {"lt": rfc3339(self._clock.real())}}
        for doc in self._documents.find(COLLECTION.name, where, limit=_SWEPT):
            self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)
