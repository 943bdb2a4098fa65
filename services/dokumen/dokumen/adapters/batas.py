"""How often something may be tried: a counter per thing and window, a document, so that all processes share it."""

from __future__ import annotations

from datetime import timedelta

from chassis.clock import Clock, parse, rfc3339
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate
from web.problems import Problem

COLLECTION = Collection("batas", (Index(("sampai",)),))


class BatasDokumen:
    """`dokumen.application.pintu.Batas`, on real time. The scope is the kind of thing that is counted."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def habis(self, jenis: str, kunci: str, paling: int) -> None:
        doc, now = self._documents.get(COLLECTION.name, jenis, kunci), self._clock.real()
        if doc is not None and doc.body["sampai"] > rfc3339(now) and doc.body["n"] >= paling:
            raise _wait(int((parse(doc.body["sampai"]) - now).total_seconds()) + 1)

    def ambil(self, jenis: str, kunci: str, paling: int, detik: int) -> int:
        while True:
            now = self._clock.real()
            doc = self._documents.get(COLLECTION.name, jenis, kunci)
            fresh = {"n": 1, "sampai": rfc3339(now + timedelta(seconds=detik))}
            if doc is None:
                if self._insert(jenis, kunci, fresh):
                    return paling - 1
                continue
            over = doc.body["sampai"] <= rfc3339(now)
            if not over and doc.body["n"] >= paling:
                raise _wait(int((parse(doc.body["sampai"]) - now).total_seconds()) + 1)
            body: Body = fresh if over else {**doc.body, "n": doc.body["n"] + 1}
            new = Doc(scope=jenis, id=kunci, rev=doc.rev + 1, body=body)
            if self._documents.replace(COLLECTION.name, new, doc.rev):
                return paling - int(body["n"])

    def _insert(self, jenis: str, kunci: str, body: Body) -> bool:
        where = {"sampai": {"lt": rfc3339(self._clock.real())}}
        for old in self._documents.find(COLLECTION.name, where, limit=20):
            self._documents.delete(COLLECTION.name, old.scope, old.id, old.rev)
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=jenis, id=kunci, rev=1, body=body))
        except Duplicate:
            return False
        return True


def _wait(seconds: int) -> Problem:
    minutes = -(-seconds // 60)
    detail = f"Terlalu banyak percobaan. Coba lagi dalam {minutes} menit."
    return Problem("terlalu-sering", detail, headers={"Retry-After": str(seconds)})
