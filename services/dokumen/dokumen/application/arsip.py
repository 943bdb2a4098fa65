"""The archive of an office: letters of its registers found again by number, day, service, or words of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from chassis.aggregate import Aggregates, Outcome, State
from chassis.ports.documents import Doc
from dokumen.application.pintu import Penunjuk
from dokumen.domain import arsip, perbaikan
from dokumen.domain.arsip import Nomor
from dokumen.domain.surat import DIMUSNAHKAN

LOOKED = 500  # entries that one question looks at; what is left is behind its cursor
_PAGE = 100


class Indeks(Protocol):
    """Words of names by office; `isi` {tanggal, layanan} is what can be asked beside the word."""

    def catat(self, kantor: str, surat: str, kata: Iterable[str], isi: Mapping[str, str]) -> None: ...

    def lupakan(self, surat: str) -> None: ...

    def cari(
        self, kantor: str, kata: str, saring: Mapping[str, Any], after: Sequence[Any], limit: int
    ) -> list[Doc]:
        """Newest first by (tanggal, id)."""
        ...

    def punya(self, kantor: str, surat: str, kata: str) -> bool: ...

    def lengkap(self) -> bool:
        """Whether `tandai` was called."""
        ...

    def tandai(self) -> None: ...


class Agenda(Protocol):
    """The lines of the registers that are letters."""

    def arsip(self, kantor: str, saring: Mapping[str, Any], after: Sequence[Any], limit: int) -> list[Doc]:
        """Newest first by (tanggal, id)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pertanyaan:
    """What is looked for in one office; what is None or empty is not asked."""

    kantor: str
    dari: date | None = None
    sampai: date | None = None
    layanan: str = ""
    nomor: Nomor | None = None
    kata: tuple[str, ...] = ()

    def saring(self) -> dict[str, Any]:
        days = {"gte": self.dari, "lte": self.sampai}
        asked = {name: day.isoformat() for name, day in days.items() if day}
        return {
            "tanggal": asked or {"exists": True},
            **({"layanan": self.layanan} if self.layanan else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Temuan:
    """A letter of the archive with its case."""

    surat: str
    perkara: Outcome

    @property
    def letter(self) -> Mapping[str, Any]:
        letter: Mapping[str, Any] = self.perkara.state["surat"][self.surat]
        return letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Arsip:
    perkara: Aggregates
    penunjuk: Penunjuk
    agenda: Agenda
    indeks: Indeks

    def cari(self, tanya: Pertanyaan, after: Sequence[Any], limit: int) -> tuple[list[Temuan], list[Any]]:
        """At most `limit` letters, newest first, and where to go on; [] at the end."""
        found: list[Temuan] = []
        last: list[Any] = list(after)
        looked = 0
        while looked < LOOKED:
            page = self._page(tanya, last, min(_PAGE, limit))
            for doc in page:
                last = [doc.body["tanggal"], doc.id]
                if one := self._one(tanya, doc):
                    found.append(one)
                if len(found) == limit:
                    return found, last
            if not page:
                return found, []
            looked += len(page)
        return found, last

    def catat(self, outcome: Outcome, id: str) -> None:
        """Index a letter while its persons' names are here; again is the same."""
        catat(self.indeks, outcome.state, id)

    def lupakan(self, id: str) -> None:
        self.indeks.lupakan(id)

    def lengkapi(self) -> None:
        """Letters in force from before there was an index, once."""
        if self.indeks.lengkap():
            return
        for case in self._semua():
            for id, letter in case.state["surat"].items():
                if letter.get("terbit") and letter["status"] != DIMUSNAHKAN:
                    self.catat(case, id)
        self.indeks.tandai()

    def _semua(self) -> Iterator[Outcome]:
        after: list[str] = []
        while page := self.perkara.find({}, order=("scope", "id"), limit=_PAGE, after=after):
            yield from page
            after = [page[-1].scope, page[-1].id]

    def _page(self, tanya: Pertanyaan, after: Sequence[Any], limit: int) -> list[Doc]:
        if tanya.kata:
            return self.indeks.cari(tanya.kantor, tanya.kata[0], tanya.saring(), after, limit)
        exact = {} if tanya.nomor is None else {"urut": tanya.nomor.urut}
        return self.agenda.arsip(tanya.kantor, {**tanya.saring(), **exact}, after, limit)

    def _one(self, tanya: Pertanyaan, doc: Doc) -> Temuan | None:
        id = doc.body["surat"]
        if not all(self.indeks.punya(tanya.kantor, id, word) for word in tanya.kata[1:]):
            return None
        place = self.penunjuk.cari("surat", id)
        case = self.perkara.read(place.kantor, place.permohonan) if place else None
        letter = case.state["surat"].get(id) if case else None
        if case is None or letter is None or not letter.get("terbit"):
            return None
        if tanya.nomor is None or any(arsip.sesuai(tanya.nomor, n) for n in _numbers(tanya.kantor, letter)):
            return Temuan(surat=id, perkara=case)
        return None


def catat(indeks: Indeks, state: State, id: str) -> None:
    """The words of a letter, for every office that numbered it; nothing once the names are erased."""
    letter = state["surat"][id]
    half = perbaikan.pribadi(state, letter) if state.get("pribadi") else {}
    words = arsip.kata(arsip.nama(half))
    for kantor in sorted({n["kantor"] for n in letter.get("nomor", ())}):
        indeks.catat(kantor, id, words, {"tanggal": letter["tanggal"], "layanan": letter["layanan"]})


def _numbers(kantor: str, letter: Mapping[str, Any]) -> list[dict[str, Any]]:
    mine = [n for n in letter.get("nomor", ()) if n["kantor"] == kantor]
    return [{**n, "klasifikasi": letter["klasifikasi"]} for n in mine]
