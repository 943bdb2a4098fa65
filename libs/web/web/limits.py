"""How often something may be tried: a counter per thing and window, a document, so that restarts forget nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chassis.clock import Clock, parse, rfc3339
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate
from web.problems import Problem

COLLECTION = Collection("batas", (Index(("sampai",)),))
_SCOPE = "batas"
_MANY = 10**9


class Limits:
    """Counts before the work, so that tries made at once count too."""

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._documents, self._clock = documents, clock

    def take(self, kind: str, key: str, *, most: int, seconds: int) -> int:
        """Count one try of `key` (no personal data); how many are left. Raises `terlalu-sering` with Retry-After."""
        id = f"{kind}.{key}"
        while True:
            now = self._clock.real()
            doc = self._documents.get(COLLECTION.name, _SCOPE, id)
            fresh = {"n": 1, "sampai": rfc3339(now + timedelta(seconds=seconds))}
            if doc is None:
                if self._insert(id, fresh):
                    return most - 1
                continue
            over = doc.body["sampai"] <= rfc3339(now)
            if not over and doc.body["n"] >= most:
                raise _wait(int((parse(doc.body["sampai"]) - now).total_seconds()) + 1)
            body: Body = fresh if over else {**doc.body, "n": doc.body["n"] + 1}
            if self._documents.replace(
                COLLECTION.name, Doc(scope=_SCOPE, id=id, rev=doc.rev + 1, body=body), doc.rev
            ):
                return most - int(body["n"])

    def check(self, kind: str, key: str, *, most: int) -> None:
        """Raises `terlalu-sering` once `add` counted so many; counts nothing itself."""
        now = self._clock.real()
        doc = self._documents.get(COLLECTION.name, _SCOPE, f"{kind}.{key}")
        if doc is not None and doc.body["n"] >= most and doc.body["sampai"] > rfc3339(now):
            raise _wait(int((parse(doc.body["sampai"]) - now).total_seconds()) + 1)

    def add(self, kind: str, key: str, *, seconds: int) -> None:
        """Count one failure for `check`."""
        self.take(kind, key, most=_MANY, seconds=seconds)

    def mark(self, kind: str, key: str, *, seconds: int) -> None:
        """Remember `key` from now on for so long."""
        id, until = f"{kind}.{key}", rfc3339(self._clock.real() + timedelta(seconds=seconds))
        body = {"n": 1, "sampai": until}
        while (doc := self._documents.get(COLLECTION.name, _SCOPE, id)) is not None:
            new = Doc(scope=_SCOPE, id=id, rev=doc.rev + 1, body=body)
            if self._documents.replace(COLLECTION.name, new, doc.rev):
                return
        self._insert(id, body)

    def marked(self, kind: str, key: str) -> bool:
        doc = self._documents.get(COLLECTION.name, _SCOPE, f"{kind}.{key}")
        return doc is not None and bool(doc.body["sampai"] > rfc3339(self._clock.real()))

    def once(self, kind: str, key: str, *, seconds: int) -> bool:
        """Whether this is the first time; true for one of those who ask at the same moment."""
        until = rfc3339(self._clock.real() + timedelta(seconds=seconds))
        return self._insert(f"{kind}.{key}", {"n": 1, "sampai": until})

    def clear(self, kind: str, key: str) -> None:
        """Success: the tries before it no longer count, nor those made at this moment: they may all be right."""
        while (doc := self._documents.get(COLLECTION.name, _SCOPE, f"{kind}.{key}")) is not None:
            if self._documents.delete(COLLECTION.name, _SCOPE, doc.id, doc.rev):
                return

    def _insert(self, id: str, body: dict[str, Any]) -> bool:
        where = {"sampai": {"lt": rfc3339(self._clock.real())}}
        for old in self._documents.find(COLLECTION.name, where, limit=20):
            self._documents.delete(COLLECTION.name, old.scope, old.id, old.rev)
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=_SCOPE, id=id, rev=1, body=body))
        except Duplicate:
            return False
        return True


def _wait(seconds: int) -> Problem:
    minutes = -(-seconds // 60)
    detail = f"Terlalu banyak percobaan. Coba lagi dalam {minutes} menit."
    return Problem("terlalu-sering", detail, headers={"Retry-After": str(seconds)})
