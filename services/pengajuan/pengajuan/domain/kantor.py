"""Offices by Kemendagri code: names repeat between kelurahan and kecamatan, codes never do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_NOT_LETTER = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wilayah:
    """A kecamatan: six-digit compact code, dotted code, name and spellings in use."""

    kode: str
    kode_titik: str
    nama: str
    alias: tuple[str, ...] = ()


class StatusKantor(StrEnum):
    """Prepared (topics not yet made), switched on, closed for good."""

    DISIAPKAN = "disiapkan"
    AKTIF = "aktif"
    TUTUP = "tutup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kantor:
    """A kelurahan office: `kode` compact (`3276011006`), `kode_unit` as in letter numbers (`01.1006`)."""

    kode: str
    kode_titik: str
    kode_unit: str
    nama: str
    kecamatan: Wilayah
    kota: str
    kode_pos: str | None
    alias: tuple[str, ...] = ()
    status: StatusKantor = StatusKantor.DISIAPKAN
    alamat: str | None = None
    telepon: str | None = None
    surel: str | None = None
    jam: str | None = None
    kertas: str = "A4"
    seri_nomor: str = "per_kantor"
    nomor_awal: int = 1

    @property
    def aktif(self) -> bool:
        return self.status is StatusKantor.AKTIF

    @property
    def label(self) -> str:
        """How an office is always shown (R7)."""
        return f"Kelurahan {self.nama}, Kecamatan {self.kecamatan.nama}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaftarKantor:
    """All kecamatan and kelurahan of one city."""

    kota: str
    kode_kota: str
    kecamatan: tuple[Wilayah, ...]
    kelurahan: tuple[Kantor, ...]

    def satu(self, kode: str) -> Kantor | None:
        return next((k for k in self.kelurahan if k.kode == kode), None)

    def cari(self, nama: str) -> tuple[Kantor, ...]:
        """Offices of that name in any usual spelling; several may match (Curug is two kelurahan)."""
        wanted = lipat(nama)
        return tuple(k for k in self.kelurahan if wanted in {lipat(n) for n in (k.nama, *k.alias)})


def lipat(nama: str) -> str:
    """`Mekar Jaya` and `Mekarjaya` → `mekarjaya`."""
    return _NOT_LETTER.sub("", nama.casefold())
