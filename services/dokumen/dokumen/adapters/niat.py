"""Intents on the document port: written before an object is put, removed when it is referred to or swept."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from chassis.clock import Clock, rfc3339
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate, Unavailable
from dokumen.domain import kunci as names

COLLECTION = Collection("unggahan", (Index(("perintah",), unique=True), Index(("mulai",)), Index(("objek",))))
PAGE = 200
TRIES = 20


class NiatDokumen:
    """`dokumen.application.pintu.Niat`. Times are real: nobody moves them."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def unggahan(self, kantor: str, permohonan: str, perintah: str, id: str) -> str:
        found = self._documents.find(COLLECTION.name, {"scope": kantor, "perintah": perintah}, limit=1)
        if found:
            self._renew(found[0])
            return found[0].id
        body = self._body(permohonan, names.karantina(kantor, permohonan, id)) | {"perintah": perintah}
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=kantor, id=id, rev=1, body=body))
        except Duplicate:
            return self.unggahan(kantor, permohonan, perintah, id)
        return id

    def objek(self, kantor: str, permohonan: str, kunci: str) -> None:
        id = hashlib.sha256(kunci.encode()).hexdigest()[:32]
        body = self._body(permohonan, kunci)
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=kantor, id=id, rev=1, body=body))
        except Duplicate:
            found = self._documents.get(COLLECTION.name, kantor, id)
            if found is None:
                raise Unavailable(f"intent {id} was just swept") from None
            self._renew(found)

    def lama(self, sebelum: datetime) -> list[tuple[str, str, str, str]]:
        found: list[tuple[str, str, str, str]] = []
        where = {"mulai": {"lt": rfc3339(sebelum)}}
        after: list[str] = []
        while page := self._documents.find(
            COLLECTION.name, where, order=("mulai", "id"), limit=PAGE, after=after
        ):
            found += [(d.scope, d.id, d.body["permohonan"], d.body["objek"]) for d in page]
            after = [page[-1].body["mulai"], page[-1].id]
        return found

    def tandai(self, kantor: str, id: str, sebelum: datetime) -> bool:
        found = self._documents.get(COLLECTION.name, kantor, id)
        if found is None or found.body["mulai"] >= rfc3339(sebelum):
            return False
        marked = replace(found, rev=found.rev + 1, body={**found.body, "disapu": True})
        return self._documents.replace(COLLECTION.name, marked, found.rev)

    def hapus(self, kantor: str, id: str) -> None:
        if (found := self._documents.get(COLLECTION.name, kantor, id)) is not None:
            self._documents.delete(COLLECTION.name, kantor, id, found.rev)

    def _body(self, permohonan: str, kunci: str) -> Body:
        return {"permohonan": permohonan, "objek": kunci, "mulai": rfc3339(self._clock.real())}

    def _renew(self, found: Doc) -> None:
        """A later try needs the object: it is young again, unless the sweeper already has it in hand."""
        for _ in range(TRIES):
            fresh = {**found.body, "mulai": rfc3339(self._clock.real())}
            if found.body.get("disapu"):
                break
            new = replace(found, rev=found.rev + 1, body=fresh)
            if self._documents.replace(COLLECTION.name, new, found.rev):
                return
            again = self._documents.get(COLLECTION.name, found.scope, found.id)
            if again is None:
                break
            found = again
        raise Unavailable(f"intent {found.id} is being swept")
