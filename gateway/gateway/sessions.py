"""Sessions: opaque 256-bit tokens, kept only as their SHA-256, ended by their owner, by an admin or by time."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chassis.clock import Clock, parse, rfc3339
from chassis.ports.documents import Collection, Doc, Documents, Index

COLLECTION = Collection("sesi", (Index(("akun",)), Index(("sampai",))))
_SCOPE = "sesi"
_SWEPT = 20  # old sessions removed with each new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`id` is the hash of the token; times are real. `lewat` is how it was opened, `perangkat` a device's name,
    `faktor` whether a second factor was given.
    """

    id: str
    akun: str
    until: datetime
    began: datetime
    lewat: str = ""
    perangkat: str = ""
    faktor: bool = False


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Sessions:
    """All of them are documents: they outlive a restart and hold for every process."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def start(
        self, akun: str, seconds: int, *, lewat: str = "", perangkat: str = "", faktor: bool = False
    ) -> tuple[str, datetime]:
        """A new token and its end."""
        self._sweep()
        now = self._clock.real()
        token, until = secrets.token_urlsafe(32), now + timedelta(seconds=seconds)
        body: dict[str, Any] = {"akun": akun, "mulai": rfc3339(now), "sampai": rfc3339(until)}
        body |= {"lewat": lewat, "perangkat": perangkat, "faktor": faktor}
        doc = Doc(scope=_SCOPE, id=fingerprint(token), rev=1, body=body)
        self._documents.insert(COLLECTION.name, doc)
        return token, until

    def find(self, id: str) -> Session | None:
        """The session with this fingerprint, unless it is over."""
        doc = self._documents.get(COLLECTION.name, _SCOPE, id)
        if doc is None or doc.body["sampai"] <= rfc3339(self._clock.real()):
            return None
        return _session(doc)

    def of(self, akun: str) -> list[Session]:
        """Every session of an account that is not over, the oldest first."""
        now = rfc3339(self._clock.real())
        where = {"scope": _SCOPE, "akun": akun, "sampai": {"gt": now}}
        return sorted(map(_session, self._documents.find(COLLECTION.name, where)), key=lambda s: s.began)

    def proven(self, id: str) -> None:
        """A second factor was given in this session."""
        doc = self._documents.get(COLLECTION.name, _SCOPE, id)
        if doc is not None:
            new = Doc(scope=_SCOPE, id=id, rev=doc.rev + 1, body={**doc.body, "faktor": True})
            self._documents.replace(COLLECTION.name, new, doc.rev)

    def end(self, id: str) -> None:
        doc = self._documents.get(COLLECTION.name, _SCOPE, id)
        if doc is not None:
            self._documents.delete(COLLECTION.name, _SCOPE, id, doc.rev)

    def end_all(self, akun: str) -> None:
        """Every session of an account: its password or its rights changed."""
        while found := self._documents.find(COLLECTION.name, {"scope": _SCOPE, "akun": akun}):
            for doc in found:
                self._documents.delete(COLLECTION.name, _SCOPE, doc.id, doc.rev)

    def over(self, session: Session) -> bool:
        return session.until <= self._clock.real()

    def _sweep(self) -> None:
        where = {"sampai": {"lt": rfc3339(self._clock.real())}}
        for doc in self._documents.find(COLLECTION.name, where, limit=_SWEPT):
            self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)


def _session(doc: Doc) -> Session:
    body = doc.body
    return Session(
        id=doc.id,
        akun=body["akun"],
        until=parse(body["sampai"]),
        began=parse(body["mulai"]),
        lewat=body.get("lewat", ""),
        perangkat=body.get("perangkat", ""),
        faktor=body.get("faktor", False),
    )
