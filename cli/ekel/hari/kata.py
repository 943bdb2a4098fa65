"""What people write where a form asks for words: addresses, numbers of papers, reasons; all invented."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

_KOTA: Final = ("Depok", "Bogor", "Bandung", "Garut", "Cirebon", "Jakarta")
_JALAN: Final = ("Melati", "Kenanga", "Cempaka", "Belimbing", "Rambutan", "Flamboyan")
_ROMAWI: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_KERJA: Final = (
    "Karyawan swasta",
    "Wiraswasta",
    "Pedagang",
    "Buruh harian lepas",
    "Guru",
    "Mengurus rumah tangga",
)


def tulis(id: str, hari_ini: date, rng: random.Random) -> str:
    """An answer to the field `id`, or nothing where its own help has an example."""
    for end, write in _ISI.items():
        if id == end or id.endswith(f"_{end}"):
            return write(hari_ini, rng)
    return ""


def _jalan(rng: random.Random) -> str:
    return f"Jalan Contoh {rng.choice(_JALAN)} Nomor {rng.randrange(1, 90)}"


def _alamat_lain(rng: random.Random) -> str:
    return f"{_jalan(rng)} RT {rng.randrange(1, 9):03d} RW {rng.randrange(1, 12):03d}, {rng.choice(_KOTA)}"


def _nomor(hari_ini: date, rng: random.Random) -> str:
    return f"{rng.randrange(1, 90):03d}/PGT/{_ROMAWI[hari_ini.month - 1]}/{hari_ini.year}"


# By the end of a field's id; the first that fits.
_ISI: Final[Mapping[str, Callable[[date, random.Random], str]]] = {
    "alamat_ktp": lambda _, rng: _alamat_lain(rng),
    "alamat_tujuan": lambda _, rng: _alamat_lain(rng),
    "usaha_alamat": lambda _, rng: _jalan(rng),
    "pengantar_nomor": _nomor,
    "n1_nomor": lambda day, rng: f"400.12.3.2/{rng.randrange(1, 90):04d}/{_ROMAWI[day.month - 1]}/{day.year}",
    "tempat_lahir": lambda _, rng: rng.choice(_KOTA),
    "pekerjaan": lambda _, rng: rng.choice(_KERJA),
    "acara_jam": lambda _, rng: f"{rng.randrange(7, 10):02d}.00 sampai {rng.randrange(13, 22)}.00",
    "acara_tempat": lambda _, rng: f"Halaman rumah, {_jalan(rng)}",
    "jalan_nama": lambda _, rng: f"Jalan Contoh {rng.choice(_JALAN)}",
    "alasan": lambda *_: "Calon suami bertugas ke luar kota mulai bulan depan.",
    "uraian": lambda *_: "Ada anggota keluarga yang baru lahir.",
    "pengikut": lambda *_: "Rina Contohwati, anak",
    "akta_nomor": lambda _, rng: str(rng.randrange(1, 90)),
}


def alamat(id: str, rng: random.Random) -> str:
    """Where somebody lives: the street, and for other people than the applicant all of it."""
    if id == "alamat":
        return _jalan(rng)
    return _alamat_lain(rng) if id.endswith("_alamat") else ""
