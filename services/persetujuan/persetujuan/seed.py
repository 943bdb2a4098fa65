"""Seeds: flows and services are files, so reference data is empty; demo officials bear invented names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import count

from chassis.aggregate import Cause
from persetujuan.application.pejabat import simpan
from persetujuan.bootstrap import build
from persetujuan.domain.pejabat import Pejabat
from persetujuan.settings import Settings

KELURAHAN = {
    "3276011006": "Depok",
    "3276011007": "Depok Jaya",
    "3276011008": "Pancoran Mas",
    "3276011009": "Mampang",
    "3276011010": "Rangkapan Jaya Baru",
    "3276011011": "Rangkapan Jaya",
    "3276051004": "Mekarjaya",
}
KECAMATAN = {"327601": "Pancoran Mas", "327605": "Sukmajaya"}
# Role, begin of the account id, title, rank.
DI_KELURAHAN = (
    ("kasi", "kasi", "Kepala Seksi Pelayanan Kelurahan", "Penata Muda Tingkat I (III/b)"),
    ("seklur", "seklur", "Sekretaris Kelurahan", "Penata (III/c)"),
    ("lurah", "lurah", "Lurah", "Penata Tingkat I (III/d)"),
)
DI_KECAMATAN = (
    ("kasi_kecamatan", "kasi.kec", "Kepala Seksi Pelayanan Kecamatan", "Penata Tingkat I (III/d)"),
    ("sekcam", "sekcam", "Sekretaris Kecamatan", "Pembina (IV/a)"),
    ("camat", "camat", "Camat", "Pembina Tingkat I (IV/b)"),
)
_DEPAN = (
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
_BELAKANG = (
    "Puspitaning",
    "Wiratama",
    "Handaruni",
    "Prabaswara",
    "Candrawati",
    "Adiwangsa",
    "Kusumaningtyas",
)


def reference(settings: Settings) -> None:
    """Nothing is missing: which service goes which way stands in `katalog/` and `alur/`."""


def demo(settings: Settings) -> None:
    """Officials of the demo offices; idempotent. Raises SystemExit in production."""
    if settings.env == "production":
        raise SystemExit("demo people are refused with EKEL_ENV=production")
    app = build(settings)
    app.migrate()
    for official in pejabat():
        text = json.dumps(asdict(official), sort_keys=True)
        simpan(app.pejabat, official, Cause.command(f"seed:{hashlib.sha256(text.encode()).hexdigest()}"))
    app.close()


def pejabat() -> Iterator[Pejabat]:
    """Kasi, seklur and lurah of each office, kasi, sekcam and camat of each kecamatan."""
    number = count()
    for places, posts in ((KELURAHAN, DI_KELURAHAN), (KECAMATAN, DI_KECAMATAN)):
        for kode, nama in places.items():
            for peran, awal, jabatan, pangkat in posts:
                yield _official(next(number), kode, nama, peran, awal, f"{jabatan} {nama}", pangkat)


def _official(n: int, kode: str, tempat: str, peran: str, awal: str, jabatan: str, pangkat: str) -> Pejabat:
    first, last = _DEPAN[n % len(_DEPAN)], _BELAKANG[n % len(_BELAKANG)]
    return Pejabat(
        akun=f"{awal}.{tempat.replace(' ', '').lower()}",
        nama=f"{first} {last}, S.STP., M.Si." if peran in {"lurah", "camat"} else f"{first} {last}, S.A.P.",
        # Birth date, month of service, sex, serial 9xx: shaped like a NIP, nobody's.
        nip=f"{1972 + n % 20}{n % 12 + 1:02}{n % 27 + 1:02}{1998 + n % 20}03{n % 2 + 1}9{n:02}",
        pangkat=pangkat,
        jabatan=jabatan,
        peran=peran,
        kantor=kode,
        seksi=None,
        aktif=True,
    )
