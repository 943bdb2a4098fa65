"""Hand one letter to the ways out in their order; what nobody answers for is never repeated blindly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notifikasi.application.saluran import Saluran, Surat
from notifikasi.domain.galat import AlamatDitolak, TakPasti
from notifikasi.domain.kabar import GAGAL, TAK_PASTI, TERKIRIM, TERTUNDA


@dataclass(frozen=True, slots=True, kw_only=True)
class Serah:
    """What came of it. TERTUNDA: not taken, try again later. `alasan` is a code, without an address."""

    nasib: str
    saluran: str
    alasan: str = ""


def serahkan(jalan: Sequence[Saluran], surat: Surat, *, terputus: bool, menyerah: bool) -> Serah:
    """The next way only for what the one before refused for good: after an unclear one it might come twice.

    `terputus`: an earlier try ended in its middle, with nobody left to say how far it came; only ways that recognise
    the id may be tried again then. `menyerah`: the last try, so nothing is put off.
    """
    if terputus and not all(way.kenal_id for way in jalan):
        return Serah(nasib=TAK_PASTI, saluran=jalan[0].nama, alasan=TAK_PASTI)
    for way in jalan[:-1]:
        done = _coba(way, surat, menyerah)
        if done.nasib != GAGAL:
            return done
    return _coba(jalan[-1], surat, menyerah)


def _coba(way: Saluran, surat: Surat, menyerah: bool) -> Serah:
    try:
        way.kirim(surat)
    except AlamatDitolak as error:
        return Serah(nasib=GAGAL, saluran=way.nama, alasan=error.alasan)
    except TakPasti:
        if way.kenal_id and not menyerah:
            return Serah(nasib=TERTUNDA, saluran=way.nama, alasan=TAK_PASTI)
        return Serah(nasib=TAK_PASTI, saluran=way.nama, alasan=TAK_PASTI)
    except Exception as error:
        # Only its type: its text may hold the address and would be logged.
        fate, why = (GAGAL, "tidak_terkirim") if menyerah else (TERTUNDA, type(error).__name__)
        return Serah(nasib=fate, saluran=way.nama, alasan=why)
    return Serah(nasib=TERKIRIM, saluran=way.nama)
