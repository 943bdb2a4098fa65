"""A NIK: 16 digits that hold area, birth date (day + 40 for women) and a serial.

The area is the place of first registration and stays after moving, and the digits stay when data are
corrected. So neither prefix nor date is ever a reason to refuse: a difference is only a warning.
The century is not coded: `12` may be 1912 or 2012.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pengajuan.domain.errors import KkSalah, NikSalah

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEPARATORS = re.compile(r"[\s.\-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nik:
    """A NIK that can exist; `angka` are its 16 digits, `hari` the day of birth without the 40."""

    angka: str
    perempuan: bool
    hari: int
    bulan: int
    tahun: int
    """Last two digits of the year of birth."""

    @property
    def wilayah(self) -> str:
        """Six digits: kecamatan of first registration."""
        return self.angka[:6]

    @property
    def serial(self) -> str:
        return self.angka[12:]

    @property
    def tersamar(self) -> str:
        return samarkan(self.angka)


def parse(text: str) -> Nik:
    """Read what people type (spaces, dots, dashes allowed). Raises NikSalah."""
    angka = sixteen_digits(text, "NIK", "nik", NikSalah)
    day = int(angka[6:8])
    perempuan = day > 40
    hari, bulan, tahun = day - 40 if perempuan else day, int(angka[8:10]), int(angka[10:12])
    if not plausible(hari, bulan, tahun):
        raise NikSalah(
            "nik-tanggal",
            "NIK tidak benar: angka ke-7 sampai ke-12 bukan tanggal lahir. Salin lagi dari KTP atau KK.",
        )
    if angka[12:] == "0000":
        raise NikSalah(
            "nik-nomor-urut", "NIK tidak benar: empat angka terakhir tidak boleh 0000. Salin lagi dari KTP."
        )
    return Nik(angka=angka, perempuan=perempuan, hari=hari, bulan=bulan, tahun=tahun)


def peringatan(nik: Nik, *, wilayah: str, lahir: date | None, perempuan: bool | None) -> tuple[str, ...]:
    """Slugs of what differs from the office's area and from the form; never a reason to refuse."""
    found: list[str] = []
    if not nik.wilayah.startswith(wilayah[:4]):
        found.append("nik-luar-kota")
    if lahir is not None and (lahir.day, lahir.month, lahir.year % 100) != (nik.hari, nik.bulan, nik.tahun):
        found.append("nik-beda-tanggal-lahir")
    if perempuan is not None and perempuan != nik.perempuan:
        found.append("nik-beda-jenis-kelamin")
    return tuple(found)


def samarkan(angka: str) -> str:
    """`3276********9001`: what may stand on a screen."""
    return f"{angka[:4]}********{angka[-4:]}"


def plausible(hari: int, bulan: int, tahun: int) -> bool:
    """Whether day, month and two-digit year name a day of the 20th or 21st century."""
    if not 1 <= bulan <= 12 or not 1 <= hari <= _DAYS[bulan - 1]:
        return False
    return bulan != 2 or hari < 29 or tahun % 4 == 0


def sixteen_digits(text: str, nama: str, slug: str, error: type[NikSalah | KkSalah]) -> str:
    """Digits of a NIK or No. KK, or the error that says what is wrong with their number."""
    angka = _SEPARATORS.sub("", text)
    if not angka:
        raise error(f"{slug}-kosong", f"{nama} belum diisi. Isi 16 angka seperti tertulis di KTP atau KK.")
    if not (angka.isascii() and angka.isdigit()):
        raise error(f"{slug}-bukan-angka", f"{nama} hanya boleh berisi angka. Periksa huruf O dan angka 0.")
    if len(angka) != 16:
        raise error(
            f"{slug}-panjang",
            f"{nama} harus 16 angka, yang diisi {len(angka)} angka. Salin lagi dari KTP atau KK.",
        )
    return angka
