"""Invented residents and their answers; NIK end in 9xxx, which no register gives out."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

PASSWORD = "demo-ekelurahan"  # noqa: S105 - printed at every demo start
PRIA, WANITA = "laki_laki", "perempuan"
_DEPAN = {
    PRIA: ("Sutrisno", "Hidayat", "Suryana", "Bambang", "Ahmad", "Dadang", "Yohanes", "Rizky", "Wahyu"),
    WANITA: ("Rahmawati", "Wulandari", "Kartika", "Nurhasanah", "Prabowati", "Siti", "Maria", "Dewi", "Euis"),
}
_BELAKANG = {
    PRIA: ("Wibisana", "Permadi", "Santosa", "Kusnadi", "Ramadani", "Contohnugraha", "Setiawan", "Misalnya"),
    WANITA: (
        "Lestari",
        "Anggraini",
        "Maharani",
        "Puspita",
        "Ramadani",
        "Contohwati",
        "Handayani",
        "Misalnya",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """One person of the play."""

    nama: str
    nik: str
    kk: str
    lahir: date
    jenis_kelamin: str
    surel: str


def resident(
    seed: int, kecamatan: str = "327601", *, kelamin: str = "", lahir: date | None = None
) -> Resident:
    """The same person for the same seed; `kelamin` and `lahir` where they are known."""
    rng = random.Random(seed)  # noqa: S311 - a person of the play, not a secret
    woman, born = rng.random() < 0.5, date(1960, 1, 1) + timedelta(days=rng.randrange(15000))
    woman, born = kelamin == WANITA if kelamin else woman, lahir or born
    sex = WANITA if woman else PRIA
    day = born.day + (40 if woman else 0)
    serial = 9001 + rng.randrange(999)
    name = f"{rng.choice(_DEPAN[sex])} {rng.choice(_BELAKANG[sex])}"
    return Resident(
        nama=name,
        nik=f"{kecamatan}{day:02d}{born:%m%y}{serial}",
        kk=f"{kecamatan}{born.day:02d}{born:%m}20{serial}",
        lahir=born,
        jenis_kelamin=sex,
        surel=f"warga{seed}@warga.example",
    )


def skdom(person: Resident, today: date) -> dict[str, Any]:
    """Answers for a certificate of domicile."""
    return {
        **_identity(person),
        "alamat_ktp": "Jalan Contoh Lama Nomor 7 RT 002 RW 004, Bogor",
        **_address(),
        "tinggal_sejak": f"{today.year - 2}-03",
        "status_tinggal": "milik_sendiri",
        **_introduction(today),
        "keperluan": "perbankan",
        "data_benar": True,
    }


def sktm(person: Resident, today: date) -> dict[str, Any]:
    """Answers for a certificate of poverty."""
    return {
        **_identity(person),
        **_address(),
        "untuk": "diri_sendiri",
        "kepala_keluarga": person.nama,
        "tanggungan": 3,
        "penghasilan": "sampai_2_juta",
        "dtsen": "tidak_tahu",
        "keperluan": "berobat",
        "tujuan_nama": "RSUD Contoh Kota Depok",
        **_introduction(today),
        "data_benar": True,
    }


def _identity(person: Resident) -> dict[str, Any]:
    return {
        "nama": person.nama,
        "nik": person.nik,
        "no_kk": person.kk,
        "tempat_lahir": "Depok",
        "tanggal_lahir": person.lahir.isoformat(),
        "jenis_kelamin": person.jenis_kelamin,
        "agama": "islam",
        "status_kawin": "kawin",
        "pekerjaan": "Karyawan swasta",
        "kewarganegaraan": "wni",
    }


def _address() -> dict[str, Any]:
    return {"alamat": "Jalan Contoh Raya Gang Melati Nomor 12", "rt": "003", "rw": "008"}


def _introduction(today: date) -> dict[str, Any]:
    return {
        "pengantar_nomor": "012/RT.003/RW.008/CONTOH",
        "pengantar_tanggal": (today - timedelta(days=2)).isoformat(),
    }
