"""The register of services: what was filed at one office, by day; a view of the cases, kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import PETUGAS, Pemanggil
from pengajuan.domain.errors import Dilarang
from pengajuan.domain.keadaan import from_state
from pengajuan.domain.permohonan import Permohonan

URUTAN = ("state.diajukan_pada", "id")
_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Rentang:
    """Days of the office's zone, both included."""

    kantor: str
    dari: date
    sampai: date

    def where(self, after: Sequence[Any] = ()) -> dict[str, Any]:
        """`after` may only narrow it: a page then begins in the index where the one before it ended."""
        # Times are kept in the office's zone, so a day is the beginning of a text; no sign of one follows "~".
        begins = max([self.dari.isoformat(), *(str(value) for value in after[:1])])
        days = {"gte": begins, "lte": f"{self.sampai.isoformat()}~"}
        return {"scope": self.kantor, "state.diajukan_pada": days}


def boleh(siapa: Pemanggil, kantor: str) -> None:
    """Officials of the area: the register names people. Raises Dilarang."""
    if siapa.peran not in PETUGAS or not siapa.meliputi(kantor):
        raise Dilarang("dilarang", "Register pelayanan hanya untuk petugas kantor itu.")


def halaman(di: Lingkup, rentang: Rentang, after: Sequence[Any], limit: int) -> list[Permohonan]:
    """Oldest first; `after` holds the values of `URUTAN` of the last one seen."""
    found = di.permohonan.documents.find(
        di.permohonan.name, rentang.where(after), order=URUTAN, after=after, limit=limit
    )
    return [from_state(doc.body["state"]) for doc in found]


def kunci(kasus: Permohonan) -> list[Any]:
    """The values of `URUTAN`."""
    return [kasus.diajukan_pada.isoformat() if kasus.diajukan_pada else None, kasus.id]


def banyak(di: Lingkup, rentang: Rentang) -> int:
    return di.permohonan.documents.count(di.permohonan.name, rentang.where())


def semua(di: Lingkup, rentang: Rentang) -> Iterator[Permohonan]:
    """All of them, page by page."""
    after: list[Any] = []
    while page := halaman(di, rentang, after, _PAGE):
        yield from page
        after = kunci(page[-1])
