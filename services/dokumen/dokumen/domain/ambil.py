"""Kode ambil: six digits by which somebody else, or an ojek, collects a letter (R8). Only a keyed digest is kept.

`letter["ambil"]` = {cap, sampai (real time), untuk, oleh, salah: [digests of commands with a wrong code]}.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from dokumen.domain import perkara as p
from dokumen.domain.galat import DokumenSalah, KodeAmbilSalah
from dokumen.domain.langkah import Langkah, Perkara
from dokumen.domain.surat import dalam_kekuatan
from dokumen.domain.waktu import utc

Untuk = Literal["kuasa", "kurir"]
UMUR = timedelta(days=7)
TRIES = 5


def buat(perkara: Perkara, id: str, cap: str, untuk: Untuk, oleh: str, nyata: datetime) -> Langkah:
    """A new code; an earlier one of the case is void from now on.

    Raises `DokumenSalah` once the letter was handed over.
    """
    if dalam_kekuatan(perkara["surat"][id]).get("diserahkan"):
        raise DokumenSalah("Surat ini sudah diserahkan, kode ambil tidak diperlukan lagi.")
    kode = {"cap": cap, "sampai": utc(nyata + UMUR), "untuk": untuk, "oleh": oleh, "salah": []}
    letters = {i: {k: v for k, v in s.items() if k != "ambil"} for i, s in perkara["surat"].items()}
    return Langkah(perkara=p.ubah_isi({**perkara, "surat": letters}, "surat", id, ambil=kode))


def pemegang(perkara: Perkara, id: str) -> str:
    """The letter that keeps the case's code: whichever it was made for, all letters go out on it."""
    return next((i for i, s in perkara["surat"].items() if s.get("ambil")), id)


def cocok(letter: Mapping[str, Any], cap: str, nyata: datetime) -> bool:
    """Whether this is the letter's code. Raises `KodeAmbilSalah` where no code can help any more."""
    kept = letter.get("ambil")
    if kept is None:
        raise KodeAmbilSalah("Surat ini tidak punya kode ambil. Pemohon dapat membuatnya di halaman surat.")
    if kept["sampai"] < utc(nyata):
        raise KodeAmbilSalah("Kode ambil sudah lewat 7 hari. Pemohon dapat membuat yang baru.")
    if len(kept["salah"]) >= TRIES:
        raise KodeAmbilSalah(
            "Kode ambil sudah 5 kali salah dan tidak berlaku. Pemohon dapat membuat yang baru."
        )
    return hmac.compare_digest(kept["cap"], cap)


def meleset(perkara: Perkara, id: str, perintah: str) -> Langkah:
    """Remember a wrong try, so that a repeated request gets the same answer."""
    kept = perkara["surat"][id]["ambil"]
    return Langkah(
        perkara=p.ubah_isi(perkara, "surat", id, ambil={**kept, "salah": [*kept["salah"], perintah]})
    )


def salah(letter: Mapping[str, Any], perintah: str) -> None:
    """Raise `KodeAmbilSalah` if this command came with a wrong code."""
    wrong = (letter.get("ambil") or {}).get("salah", ())
    if perintah in wrong:
        left = TRIES - len(wrong)
        raise KodeAmbilSalah(f"Kode ambil salah. Sisa {left} kali coba.")
