"""Originals that a clerk has seen, per person: keyed digests and days only, forgotten after a year (R8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from chassis.ports.documents import Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate

COLLECTION = Collection("dilihat", (Index(("hari",)),))
UMUR = timedelta(days=365)


class DilihatDokumen:
    """`dokumen.application.pintu.Dilihat`; the scope is the person, the id says which original."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def catat(self, orang: str, asli: Mapping[str, str], hari: date) -> None:
        """Note that these originals were seen on that day, and forget what is too old to count."""
        for syarat, sidik in asli.items():
            self._put(orang, f"{syarat}.{sidik}", hari.isoformat())
        old = {"hari": {"lt": (hari - UMUR).isoformat()}}
        for doc in self._documents.find(COLLECTION.name, old, limit=20):
            self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)

    def semua(self, orang: str, asli: Mapping[str, str], hari: date) -> bool:
        """Whether every one of them was seen within the year before that day."""
        since = (hari - UMUR).isoformat()
        seen = (self._documents.get(COLLECTION.name, orang, f"{s}.{d}") for s, d in asli.items())
        return bool(asli) and all(doc is not None and doc.body["hari"] >= since for doc in seen)

    def _put(self, orang: str, id: str, hari: str) -> None:
        doc = self._documents.get(COLLECTION.name, orang, id)
        if doc is not None:
            self._documents.replace(
                COLLECTION.name, replace(doc, rev=doc.rev + 1, body={"hari": hari}), doc.rev
            )
            return
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=orang, id=id, rev=1, body={"hari": hari}))
        except Duplicate:
            return  # somebody noted it at this moment
