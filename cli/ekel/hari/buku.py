"""The book of the day: every case, what became of it, and whatever was answered that nobody expected. Thread-safe."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ekel.demo.client import Client
from ekel.demo.people import Resident
from ekel.hari.kantor import Kantor
from ekel.hari.rencana import Kunjungan

SERAH, TERUSKAN, TOLAK, BATAL = "diserahkan", "diteruskan", "ditolak", "dibatalkan"
HALAMAN, GAGAL = "halaman", "gagal"
_SHOWN: Final = 400  # signs of an unexpected answer


@dataclass(slots=True, kw_only=True)
class Kasus:
    """`akhir` is one of the words above, empty while open; `ponsel` the applicant's own session, if he has one.

    `salah` is the paper or field with the mistake; `nik` the right number of the form.
    """

    kunjungan: Kunjungan
    orang: Resident
    id: str = ""
    resi: str = ""
    ponsel: Client | None = None
    salah: str = ""
    nik: str = ""
    diajukan: datetime | None = None
    terbit: datetime | None = None
    kembali: int = 0
    dipindah: bool = False
    akhir: str = ""

    @property
    def kantor(self) -> Kantor:
        """The office that has it now."""
        visit = self.kunjungan
        return visit.kantor if self.dipindah or visit.salah is None else visit.salah

    @property
    def lama(self) -> float | None:
        """Seconds from filing to the letter."""
        if self.diajukan is None or self.terbit is None:
            return None
        return (self.terbit - self.diajukan).total_seconds()

    def __str__(self) -> str:
        visit = self.kunjungan
        return f"{visit.layanan} {visit.kantor.nama} ({visit.lakon}, {self.resi or 'not filed'})"


@dataclass(slots=True)
class Buku:
    """`berubah` counts every change, so that a standstill shows."""

    semua: list[Kasus]
    tak_terduga: list[str] = field(default_factory=list)
    berubah: int = 0
    _id: dict[str, Kasus] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def dibuat(self, kasus: Kasus, id: str, resi: str) -> None:
        """Its first answer came."""
        with self._lock:
            kasus.id, kasus.resi = id, resi
            self._id[id] = kasus
            self.berubah += 1

    def pindah(self, kasus: Kasus, id: str, resi: str) -> None:
        """It goes on as another case at the right office."""
        kasus.dipindah = True
        self.dibuat(kasus, id, resi)

    def cari(self, id: str) -> Kasus | None:
        """A case of this day; others are none of its business."""
        with self._lock:
            return self._id.get(id)

    def selesai(self, kasus: Kasus, akhir: str) -> None:
        """The first end counts."""
        with self._lock:
            kasus.akhir = kasus.akhir or akhir
            self.berubah += 1

    def gagal(self, kasus: Kasus, kenapa: str) -> None:
        """Something unexpected ended it."""
        with self._lock:
            self.tak_terduga.append(f"{kasus}: {kenapa[:_SHOWN]}")
        self.selesai(kasus, GAGAL)

    def terbuka(self) -> list[Kasus]:
        return [k for k in self.semua if not k.akhir]


def lama(semua: Iterable[Kasus]) -> list[float]:
    """Seconds of all that were issued, shortest first."""
    return sorted(k.lama for k in semua if k.lama is not None)
