"""One-time codes: six digits, ten minutes, five tries (R1); stored only as a keyed hash, used once."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from chassis.clock import Clock, rfc3339
from chassis.ids import new_id
from chassis.ports.documents import Collection, Doc, Documents, Index
from gateway.akun.kontak import Kontak
from web.problems import Problem
from web.pseudonyms import Pseudonyms

COLLECTION = Collection("kode", (Index(("sampai",)),))
MINUTES, TRIES = 10, 5
_SCOPE = "kode"


class Codes:
    """A request for a code and the code itself are two secrets; guessing needs both."""

    def __init__(self, documents: Documents, pseudonyms: Pseudonyms, clock: Clock) -> None:
        self._documents, self._pseudonyms, self._clock = documents, pseudonyms, clock

    def ask(self, contact: Kontak) -> tuple[str, str]:
        """(request, code). The contact is kept until the code is used or over."""
        self._sweep()
        request, code = new_id(), f"{secrets.randbelow(10**6):06d}"
        until = self._clock.real() + timedelta(minutes=MINUTES)
        body = {
            "jenis": contact.jenis,
            "nilai": contact.nilai,
            "kode_h": self._hash(request, code),
            "sisa": TRIES,
            "sampai": rfc3339(until),
        }
        self._documents.insert(COLLECTION.name, Doc(scope=_SCOPE, id=request, rev=1, body=body))
        return request, code

    def use(self, request: str, code: str) -> Kontak:
        """The confirmed contact, once. Raises `kode-masuk-salah` for every reason alike."""
        doc = self._count(request)
        if not hmac.compare_digest(doc.body["kode_h"], self._hash(request, code)):
            raise Problem("kode-masuk-salah")
        if not self._documents.delete(COLLECTION.name, _SCOPE, request, doc.rev):
            raise Problem("kode-masuk-salah")
        return Kontak(jenis=doc.body["jenis"], nilai=doc.body["nilai"])

    def withdraw(self, request: str) -> None:
        """The code reached nobody."""
        doc = self._documents.get(COLLECTION.name, _SCOPE, request)
        if doc is not None:
            self._documents.delete(COLLECTION.name, _SCOPE, request, doc.rev)

    def _count(self, request: str) -> Doc:
        """Take one try before comparing, so that guesses made at once count too."""
        while True:
            doc = self._documents.get(COLLECTION.name, _SCOPE, request)
            now = rfc3339(self._clock.real())
            if doc is None or doc.body["sampai"] <= now or doc.body["sisa"] < 1:
                raise Problem("kode-masuk-salah")
            body = {**doc.body, "sisa": doc.body["sisa"] - 1}
            taken = Doc(scope=_SCOPE, id=request, rev=doc.rev + 1, body=body)
            if self._documents.replace(COLLECTION.name, taken, doc.rev):
                return taken

    def _hash(self, request: str, code: str) -> str:
        return self._pseudonyms.of("kode", f"{request}:{code}")

    def _sweep(self) -> None:
        where = {"sampai": {"lt": rfc3339(self._clock.real())}}
        for doc in self._documents.find(COLLECTION.name, where, limit=20):
            self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)
