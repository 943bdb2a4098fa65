"""Devices somebody signed in from before: a token of 256 bits, kept as its SHA-256, of one account or contact.

After OWASP's device cookies: a known device has tries of its own, which no stranger can use up. One that staff
registered by name (R12), with a second factor, also stands for that while it lasts.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chassis.clock import Clock, rfc3339
from chassis.ports.documents import Collection, Doc, Documents, Index
from gateway.sessions import fingerprint

COLLECTION = Collection("perangkat", (Index(("milik",)), Index(("sampai",))))
_SCOPE = "perangkat"
_SWEPT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """`id` is the hash of its token, `faktor` whether a second factor was given when it was registered."""

    id: str
    nama: str
    faktor: bool


class Devices:
    """Documents, so that every process knows them."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def remember(self, owner: str, nama: str, seconds: int, *, faktor: bool = False) -> str:
        """The token of a new device; `owner` holds no personal data."""
        now = self._clock.real()
        for old in self._documents.find(COLLECTION.name, {"sampai": {"lt": rfc3339(now)}}, limit=_SWEPT):
            self._documents.delete(COLLECTION.name, old.scope, old.id, old.rev)
        token = secrets.token_urlsafe(32)
        body: dict[str, Any] = {
            "milik": owner,
            "nama": nama,
            "sampai": rfc3339(now + timedelta(seconds=seconds)),
        }
        body |= {"faktor": faktor}
        self._documents.insert(COLLECTION.name, Doc(scope=_SCOPE, id=fingerprint(token), rev=1, body=body))
        return token

    def find(self, owner: str, token: str | None) -> Device | None:
        """The device, if the token is one of this owner's and not over."""
        if not token:
            return None
        doc = self._documents.get(COLLECTION.name, _SCOPE, fingerprint(token))
        if doc is None or doc.body["milik"] != owner or doc.body["sampai"] <= rfc3339(self._clock.real()):
            return None
        return Device(id=doc.id, nama=doc.body["nama"], faktor=doc.body.get("faktor", False))

    def forget(self, owner: str) -> None:
        """Every device of an account: password, second factor or contact changed."""
        while found := self._documents.find(COLLECTION.name, {"scope": _SCOPE, "milik": owner}):
            for doc in found:
                self._documents.delete(COLLECTION.name, _SCOPE, doc.id, doc.rev)
