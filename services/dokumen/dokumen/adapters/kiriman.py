"""Uploads in pieces on the document port; the record's revision decides which piece counts."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chassis.aggregate import KeyReused
from chassis.clock import rfc3339
from chassis.ports.documents import Body, Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate, Unavailable
from dokumen.domain.berkas import Izin
from dokumen.domain.kiriman import Kiriman, Potongan

COLLECTION = Collection(
    "kiriman",
    (Index(("perintah",), unique=True), Index(("id",)), Index(("sampai",)), Index(("permohonan", "berkas"))),
)
PAGE = 200


class KirimanDokumen:
    """`dokumen.application.rak.RakKiriman`; the scope is the office."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def mulai(self, kiriman: Kiriman) -> Kiriman:
        kantor = kiriman.izin.kantor
        try:
            self._documents.insert(COLLECTION.name, _doc(kiriman, 1))
        except Duplicate:
            where = {"scope": kantor, "perintah": kiriman.perintah}
            known = self._documents.find(COLLECTION.name, where, limit=1)
            if not known:
                raise Unavailable("this upload was just swept") from None
            if known[0].body["sidik"] != kiriman.sidik:
                raise KeyReused(kiriman.perintah) from None
            return _read(known[0])
        return kiriman

    def cari(self, id: str) -> tuple[Kiriman, int] | None:
        found = self._documents.find(COLLECTION.name, {"id": id}, limit=1)
        return (_read(found[0]), found[0].rev) if found else None

    def ganti(self, kiriman: Kiriman, rev: int) -> bool:
        return self._documents.replace(COLLECTION.name, _doc(kiriman, rev + 1), rev)

    def hapus(self, kiriman: Kiriman) -> None:
        kantor = kiriman.izin.kantor
        if (found := self._documents.get(COLLECTION.name, kantor, kiriman.id)) is not None:
            self._documents.delete(COLLECTION.name, kantor, kiriman.id, found.rev)

    def terbuka(self, kantor: str, permohonan: str) -> int:
        return self._documents.count(
            COLLECTION.name, {"scope": kantor, "permohonan": permohonan, "berkas": ""}
        )

    def lama(self, real: datetime) -> list[Kiriman]:
        where = {"sampai": {"lt": rfc3339(real)}}
        return [_read(doc) for doc in self._documents.find(COLLECTION.name, where, limit=PAGE)]


def _doc(kiriman: Kiriman, rev: int) -> Doc:
    body: Body = asdict(kiriman) | {"sampai": rfc3339(kiriman.sampai), "permohonan": kiriman.izin.permohonan}
    body["potongan"] = list(body["potongan"])
    body["izin"]["syarat"] = dict(kiriman.izin.syarat)
    return Doc(scope=kiriman.izin.kantor, id=body.pop("id"), rev=rev, body=body)


def _read(doc: Doc) -> Kiriman:
    body: dict[str, Any] = {**doc.body, "id": doc.id}
    del body["permohonan"]
    pieces = tuple(Potongan(**p) for p in body.pop("potongan"))
    kiriman = Kiriman(**{**body, "izin": Izin(**body["izin"])})
    return replace(kiriman, potongan=pieces, sampai=datetime.fromisoformat(body["sampai"]))
