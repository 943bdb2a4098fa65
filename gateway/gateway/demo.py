"""The people of the demo: invented officials of Pancoran Mas and of Mekarjaya, one password for all.

Whoever signs letters also has the authenticator secret below; `ekel totp` tells its present code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PASSWORD = "demo-ekelurahan"  # noqa: S105 - printed at start, refused in production
TOTP = "EKELURAHANDEMOKOTADEPOKCONTOHSAJ"  # base 32, documented, refused in production
_KECAMATAN = {"327601": "Pancoran Mas", "327605": "Sukmajaya"}
_KELURAHAN = {
    "3276011006": "Depok",
    "3276011007": "Depok Jaya",
    "3276011008": "Pancoran Mas",
    "3276011009": "Mampang",
    "3276011010": "Rangkapan Jaya Baru",
    "3276011011": "Rangkapan Jaya",
    "3276051004": "Mekarjaya",
}
# Officials first and in this order: persetujuan's demo names the same people for the same accounts.
_OFFICIALS = (
    (_KELURAHAN, {"kasi.{}": "kasi", "seklur.{}": "seklur", "lurah.{}": "lurah"}),
    (_KECAMATAN, {"kasi.kec.{}": "kasi_kecamatan", "sekcam.{}": "sekcam", "camat.{}": "camat"}),
)
_OTHERS = (
    (_KELURAHAN, {"loket.{}": "petugas_loket", "admin.kel.{}": "admin_kantor"}),
    (_KECAMATAN, {"loket.kec.{}": "petugas_loket_kecamatan", "admin.{}": "admin_kecamatan"}),
)
_FIRST = (
    "Ratna",
    "Bagas",
    "Sekar",
    "Wira",
    "Laras",
    "Damar",
    "Anindya",
    "Galih",
    "Kirana",
    "Surya",
    "Maheswari",
)
_LAST = (
    "Puspitaning",
    "Wiratama",
    "Handaruni",
    "Prabaswara",
    "Candrawati",
    "Adiwangsa",
    "Kusumaningtyas",
)


def people(kota: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(account id, fields), always in the same order with the same values."""
    for number, (id, peran, kode) in enumerate(_posts(kota)):
        yield id, _person(number, id, peran, kode)


def _posts(kota: str) -> Iterator[tuple[str, str, str]]:
    """(account id, role, area)."""
    for offices, names in (*_OFFICIALS, *_OTHERS):
        for kode, name in offices.items():
            for pattern, peran in names.items():
                yield pattern.format(name.lower().replace(" ", "")), peran, kode
    yield "operator", "operator", kota


def _person(number: int, id: str, peran: str, kode: str) -> dict[str, Any]:
    """An invented official; serials from 9001 mark the identity numbers as test data."""
    born = f"{1 + number % 28:02d}{1 + number % 12:02d}{70 + number % 25:02d}"
    district = kode[:6] if len(kode) >= 6 else f"{kode}01"
    return {
        "nama": f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}",
        "peran": peran,
        "wilayah": [kode],
        "seksi": None,
        "nik": f"{district}{born}{9001 + number}",
        "kk": f"{district}{born}{9501 + number}",
        "kontak": {"jenis": "email", "nilai": f"{id}@ekelurahan.example"},
    }
