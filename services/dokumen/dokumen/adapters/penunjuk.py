"""The index over ids and digests on the document port; tokens and short codes are kept as SHA-256 only."""

from __future__ import annotations

from chassis.ports.documents import Collection, Doc, Documents
from chassis.ports.errors import Duplicate
from dokumen.application.pintu import Jenis, Tempat

COLLECTION = Collection("penunjuk")


class KodeBentrok(Exception):
    """Two letters got the same code; with 60 random bits that is a defect."""


class PenunjukDokumen:
    """`dokumen.application.pintu.Penunjuk`; the scope is the kind of key."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def catat(self, jenis: Jenis, kunci: str, tempat: Tempat) -> None:
        body = {"kantor": tempat.kantor, "permohonan": tempat.permohonan, "id": tempat.id}
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=jenis, id=kunci, rev=1, body=body))
        except Duplicate:
            if self.cari(jenis, kunci) != tempat:
                raise KodeBentrok(f"{jenis}/{kunci[:8]}") from None

    def cari(self, jenis: Jenis, kunci: str) -> Tempat | None:
        found = self._documents.get(COLLECTION.name, jenis, kunci)
        return Tempat(**found.body) if found else None
