"""What every command and query works with: four collections, the catalogue, and the keyed secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from chassis.aggregate import Aggregates, Moment, Outcome, State
from pengajuan.domain.errors import TidakAda
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.pengisian import Konteks
from pengajuan.domain.permohonan import Permohonan

Katalog = Mapping[tuple[str, int], Layanan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lingkup:
    """`samaran(kind, value)` is the keyed hash that staff tokens carry, `orang(nik, nama)` that of a person;
    `rahasia(id)` the tracking secret.

    `kota` is the city's code, the scope of the catalogue. `kerja(day)` says whether offices work, `sidik_tautan(id, n)`
    is the hash of a case's n-th link to RT or RW.
    """

    permohonan: Aggregates
    kantor: Aggregates
    layanan: Aggregates
    pengurus: Aggregates
    katalog: Katalog
    samaran: Callable[[str, str], str]
    orang: Callable[[str, str], str]
    rahasia: Callable[[str], str]
    kota: str
    kerja: Callable[[date], bool]
    sidik_tautan: Callable[[str, int], str]

    def terbaru(self, kode: str) -> Layanan:
        """The version new cases are pinned to. Raises TidakAda."""
        versions = [versi for known, versi in self.katalog if known == kode]
        if not versions:
            raise TidakAda
        return self.katalog[kode, max(versions)]

    def milik(self, kasus: Permohonan) -> Layanan:
        """The version the case was filed under."""
        return self.katalog[kasus.layanan, kasus.versi_layanan]

    def satu_kantor(self, kode: str) -> Outcome:
        """One office. Raises TidakAda."""
        found = self.kantor.read(kode, kode)
        if found is None:
            raise TidakAda
        return found

    def konteks(self, layanan: Layanan, kantor: State, at: Moment) -> Konteks:
        return Konteks(layanan=layanan, hari_ini=at.now.date(), batas=batas(kantor), orang=self.orang)


def batas(kantor: State) -> Mapping[str, int]:
    """Limits that an office sets for conditions (`batas_kantor`)."""
    limits: Mapping[str, int] = (kantor.get("alur") or {}).get("batas") or kantor.get("batas", {})
    return limits
