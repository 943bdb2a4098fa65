"""The agenda books on the document port: one per office and year, whose setting nobody changes once it is open (R5)."""

from __future__ import annotations

from typing import Any

from chassis.ports.documents import Collection, Doc, Documents
from chassis.ports.errors import Duplicate
from dokumen.adapters import nomor
from dokumen.domain.nomor import UMUM, Buku, Pengaturan

COLLECTION = Collection("buku")


class BukuDokumen:
    """`dokumen.application.pintu.Agenda`; the id is the year."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def buka(self, kantor: str, tahun: int, pengaturan: Pengaturan) -> Buku:
        """The book of that year; opened with `pengaturan` if nobody did yet."""
        if (found := self.cari(kantor, tahun)) is not None:
            return found
        setting = self._in_use(kantor, tahun) or pengaturan
        body = {
            "tahun": tahun,
            "seri_nomor": setting.seri_nomor,
            "awal": setting.awal,
            "awal_seri": dict(setting.awal_seri),
            "pertama": not self._earlier(kantor, tahun),
        }
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=kantor, id=str(tahun), rev=1, body=body))
        except Duplicate:
            return self.buka(kantor, tahun, pengaturan)
        return buku(kantor, body)

    def cari(self, kantor: str, tahun: int) -> Buku | None:
        found = self._documents.get(COLLECTION.name, kantor, str(tahun))
        return buku(kantor, found.body) if found else None

    def _in_use(self, kantor: str, tahun: int) -> Pengaturan | None:
        """What numbers given before there were books (release 0.1) show of the setting."""
        where = {"scope": kantor, "tahun": tahun}
        first = self._documents.find(nomor.COLLECTION.name, where, order=("seri", "urut", "id"), limit=1000)
        if not first:
            return None
        begins: dict[str, int] = {}
        for doc in first:
            begins.setdefault(doc.body["seri"], doc.body["urut"])
        one = UMUM in begins
        return Pengaturan(
            seri_nomor="per_kantor" if one else "per_klasifikasi",
            awal=begins.get(UMUM, 1),
            awal_seri={} if one else begins,
        )

    def _earlier(self, kantor: str, tahun: int) -> bool:
        before = {"scope": kantor, "tahun": {"lt": tahun}}
        return any(self._documents.count(c.name, before) for c in (COLLECTION, nomor.COLLECTION))


def buku(kantor: str, body: dict[str, Any]) -> Buku:
    setting = Pengaturan(
        seri_nomor=body["seri_nomor"], awal=body["awal"], awal_seri=dict(body.get("awal_seri") or {})
    )
    return Buku(kantor=kantor, tahun=body["tahun"], pengaturan=setting, pertama=body["pertama"])
