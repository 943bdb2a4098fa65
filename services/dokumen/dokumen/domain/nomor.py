"""Registers and numbers of letters (R5): a series per office and year, written the way a kelurahan writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SURAT, DIPESAN, BATAL = "surat", "dipesan", "batal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One book of one office: series and year. `awal` is the first number at go-live."""

    kantor: str
    seri: str
    tahun: int
    awal: int = 1

    @property
    def nama(self) -> str:
        return f"{self.seri}/{self.tahun}"


def seri(pengaturan: str, klasifikasi: str) -> str:
    """`umum` for one series per office, otherwise the classification."""
    return klasifikasi if pengaturan == "per_klasifikasi" else "umum"


def tulis(klasifikasi: str, urut: int, kode_unit: str, tanggal: date) -> str:
    """`400.12.2.1/0001/05.1004/XI/2026`."""
    return f"{klasifikasi}/{urut:04}/{kode_unit}/{ROMAWI[tanggal.month - 1]}/{tanggal.year}"


def lubang(urut: list[int], awal: int) -> list[int]:
    """Numbers missing between `awal` and the highest one."""
    return sorted(set(range(awal, max(urut, default=awal - 1) + 1)) - set(urut))
