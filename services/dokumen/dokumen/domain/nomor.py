"""Registers and numbers of letters (R5): a series per office and year, written the way a kelurahan writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SURAT, DIPESAN, BATAL = "surat", "dipesan", "batal"
UMUM = "umum"
Seri = Literal["per_kantor", "per_klasifikasi"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengaturan:
    """An office's setting: `awal` continues its paper agenda at go-live, `awal_seri` does so per classification."""

    seri_nomor: Seri = "per_kantor"
    awal: int = 1
    awal_seri: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One series of one office and year. `awal` is the first number it gives."""

    kantor: str
    seri: str
    tahun: int
    awal: int = 1

    @property
    def nama(self) -> str:
        return f"{self.seri}/{self.tahun}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buku:
    """The agenda of an office and year. Its setting is fixed when it is opened: a change in the middle of a year
    would give a number twice. `pertama`: the year of going live.
    """

    kantor: str
    tahun: int
    pengaturan: Pengaturan
    pertama: bool

    def register(self, klasifikasi: str) -> Register:
        setting = self.pengaturan
        seri = klasifikasi if setting.seri_nomor == "per_klasifikasi" else UMUM
        begins = setting.awal_seri.get(seri, setting.awal) if self.pertama else 1
        return Register(kantor=self.kantor, seri=seri, tahun=self.tahun, awal=begins)


def tulis(klasifikasi: str, urut: int, kode_unit: str, tanggal: date) -> str:
    """`400.12.2.1/0001/05.1004/XI/2026`."""
    return f"{klasifikasi}/{urut:04}/{kode_unit}/{ROMAWI[tanggal.month - 1]}/{tanggal.year}"


def lubang(urut: list[int], awal: int) -> list[int]:
    """Numbers missing between `awal` and the highest one."""
    return sorted(set(range(awal, max(urut, default=awal - 1) + 1)) - set(urut))
