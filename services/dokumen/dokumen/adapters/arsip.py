"""The archive's index of names on the document port: keyed hashes of single words, never a name itself.

One small document per word of a letter in the scope of each office that numbered it. Equal words of two offices have
different hashes; without the installation's key nobody finds out a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from chassis.ports.documents import Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate

COLLECTION = Collection(
    "arsip",
    (Index(("scope", "kata", "tanggal")), Index(("scope", "kata", "layanan", "tanggal")), Index(("surat",))),
)
Samaran = Callable[[str, str], str]
_DONE = ("-", "lengkap")  # scope and id of the mark that older letters were indexed
_MANY = 1000  # words of one letter in all its offices


class ArsipDokumen:
    """`dokumen.application.arsip.Indeks`."""

    def __init__(self, documents: Documents, samaran: Samaran) -> None:
        self._documents, self._samaran = documents, samaran

    def catat(self, kantor: str, surat: str, kata: Iterable[str], isi: Mapping[str, str]) -> None:
        for word in kata:
            hashed = self._hash(kantor, word)
            body = {"kata": hashed, "surat": surat, **isi}
            try:
                self._documents.insert(
                    COLLECTION.name, Doc(scope=kantor, id=f"{hashed}.{surat}", rev=1, body=body)
                )
            except Duplicate:
                continue  # by an earlier try

    def lupakan(self, surat: str) -> None:
        for doc in self._documents.find(COLLECTION.name, {"surat": surat}, limit=_MANY):
            self._documents.delete(COLLECTION.name, doc.scope, doc.id, doc.rev)

    def cari(
        self, kantor: str, kata: str, saring: Mapping[str, Any], after: Sequence[Any], limit: int
    ) -> list[Doc]:
        where = {"scope": kantor, "kata": self._hash(kantor, kata), **saring}
        return self._documents.find(
            COLLECTION.name, where, order=("tanggal", "id"), descending=True, after=after, limit=limit
        )

    def punya(self, kantor: str, surat: str, kata: str) -> bool:
        return self._documents.get(COLLECTION.name, kantor, f"{self._hash(kantor, kata)}.{surat}") is not None

    def lengkap(self) -> bool:
        return self._documents.get(COLLECTION.name, *_DONE) is not None

    def tandai(self) -> None:
        try:
            self._documents.insert(COLLECTION.name, Doc(scope=_DONE[0], id=_DONE[1], rev=1, body={}))
        except Duplicate:
            return  # by another process that started at this moment

    def _hash(self, kantor: str, kata: str) -> str:
        return self._samaran("arsip", f"{kantor}:{kata}")
