"""The introduction by RT and RW without paper (R9): who is asked, until when, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pengajuan.domain.errors import KesalahanMedan

SYARAT = "PENGANTAR_RT_RW"
MEDAN_NOMOR, MEDAN_TANGGAL = "pengantar_nomor", "pengantar_tanggal"
"""Answers that stand on the paper: nobody who asks for a confirmation can know them."""
HARI_KERJA = 2
PALING_BANYAK = 2
"""So many times one case may ask."""
_TUTUP = time(16, 0)
RT, RW = "rt", "rw"


class Keadaan(StrEnum):
    """Wanted in a draft; waiting for one of the two; issued; or over without it."""

    DIPILIH = "dipilih"
    MENUNGGU_RT = "menunggu_rt"
    MENUNGGU_RW = "menunggu_rw"
    TERBIT = "terbit"
    BUKAN = "bukan"
    TIDAK_DIJAWAB = "tidak_dijawab"
    TIDAK_TERDAFTAR = "tidak_terdaftar"
    DIGANTI_BERKAS = "diganti_berkas"
    DILANJUTKAN = "dilanjutkan_petugas"
    BERAKHIR = "berakhir"


TERBUKA = frozenset({Keadaan.MENUNGGU_RT, Keadaan.MENUNGGU_RW})
TANPA_HASIL = frozenset(Keadaan) - TERBUKA - {Keadaan.DIPILIH, Keadaan.TERBIT}
"""How an asking ends without an introduction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengantar:
    """`rt`, `rw` are the answers of the form when it was asked, `putaran` the round it counts for.

    `diminta` counts askings, `urut` links; `sidik` is the hash of the one open link, empty when none is.
    `rt_nama`, `rw_nama`: who confirmed, as the office's register named them.
    """

    keadaan: Keadaan
    putaran: int
    pada: datetime
    rt: str = ""
    rw: str = ""
    diminta: int = 0
    urut: int = 0
    sidik: str = ""
    sampai: datetime | None = None
    nomor: str | None = None
    rt_nama: str = ""
    rw_nama: str = ""

    @property
    def terbuka(self) -> bool:
        return self.keadaan in TERBUKA

    @property
    def pihak(self) -> str:
        """Who has the open link."""
        return RT if self.keadaan is Keadaan.MENUNGGU_RT else RW


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengurus:
    """One line of the office's register: the head of an RT, or of the RW itself (`rt` empty); `telepon` E.164."""

    nama: str
    telepon: str
    rw: str
    rt: str = ""


def sampai(waktu: datetime, kerja: Callable[[date], bool]) -> datetime:
    """Close of business of the second working day after `waktu` (office's zone)."""
    hari, left = waktu.date(), HARI_KERJA
    while left:
        hari += timedelta(days=1)
        left -= kerja(hari)
    return datetime.combine(hari, _TUTUP, tzinfo=waktu.tzinfo)


def tanpa_kertas(pengantar: Pengantar | None, salah: Iterable[KesalahanMedan]) -> list[KesalahanMedan]:
    """Mistakes of a form whose applicant asked for a confirmation: what stands on the paper may be empty."""
    if pengantar is None:
        return list(salah)
    excused = {f"/jawaban/{name}" for name in (MEDAN_NOMOR, MEDAN_TANGGAL)}
    return [e for e in salah if not (e.pointer in excused and e.slug == "isian-kosong")]
