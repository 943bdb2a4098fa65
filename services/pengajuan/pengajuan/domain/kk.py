"""A family card number: 16 digits that hold area of issue, recording date (no + 40) and a serial."""

from __future__ import annotations

from dataclasses import dataclass

from pengajuan.domain.errors import KkSalah
from pengajuan.domain.nik import plausible, samarkan, sixteen_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Kk:
    """A No. KK that can exist; the date is the day of recording, not of birth."""

    angka: str
    hari: int
    bulan: int
    tahun: int

    @property
    def wilayah(self) -> str:
        return self.angka[:6]

    @property
    def tersamar(self) -> str:
        return samarkan(self.angka)


def parse(text: str) -> Kk:
    """Read what people type (spaces, dots, dashes allowed). Raises KkSalah."""
    angka = sixteen_digits(text, "Nomor KK", "kk", KkSalah)
    hari, bulan, tahun = int(angka[6:8]), int(angka[8:10]), int(angka[10:12])
    if hari > 40 and plausible(hari - 40, bulan, tahun):
        raise KkSalah(
            "kk-seperti-nik", "Nomor KK ini tampak seperti NIK. Nomor KK ada di bagian atas Kartu Keluarga."
        )
    if not plausible(hari, bulan, tahun):
        raise KkSalah(
            "kk-tanggal",
            "Nomor KK tidak benar: angka ke-7 sampai ke-12 bukan tanggal. Salin lagi dari bagian atas Kartu Keluarga.",
        )
    return Kk(angka=angka, hari=hari, bulan=bulan, tahun=tahun)
