"""A case as persetujuan holds it: two halves that arrive in any order, then tasks, then an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from persetujuan.domain.alur import Layanan, Tingkat
from persetujuan.domain.fakta import Fakta
from persetujuan.domain.tugas import Tugas


class Tahap(StrEnum):
    MENUNGGU = "menunggu"  # a half is missing
    BERJALAN = "berjalan"  # one task is open: persetujuan owns the case
    DIKEMBALIKAN = "dikembalikan"  # pengajuan owns it, a new round may come
    DISETUJUI = "disetujui"  # dokumen owns it
    DITOLAK = "ditolak"
    DIBATALKAN = "dibatalkan"
    DITUTUP = "ditutup"


BUKA = frozenset({Tahap.MENUNGGU, Tahap.BERJALAN, Tahap.DIKEMBALIKAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengkap:
    """What the counter declared complete (`permohonan.dinyatakan_lengkap`)."""

    layanan: str
    putaran: int
    hash: str
    konseptor: str
    berkas: tuple[Mapping[str, Any], ...]
    waktu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catatan:
    """A note of one official to the next."""

    langkah: str
    peran: str
    putaran: int
    oleh: str
    teks: str
    waktu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ditunggu:
    """Which counter clerk said when that the resident waits; both empty in a case of release 0.3 and older."""

    oleh: str = ""
    sejak: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kembali:
    """What the kecamatan sent back for the kelurahan to complete (R10); points are {jenis, kode, alasan, teks?}."""

    peran: str
    oleh: str
    waktu: str
    kekurangan: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kasus:
    """`pribadi` is the newest personal snapshot; `pemilik` keyed hashes of whose case it is (R7).

    `tenggat` holds the due time per part; `pembatalan` the round whose cancellation was asked (0: none).
    `kembali`: the newest list of this round from the kecamatan, for whoever decides after it.
    `ditunggu`: the resident waits at the counter (None: he does not); `catatan` are notes among officials.
    `langkah` are the codes of the steps that this case goes through; empty before it starts.
    """

    id: str
    kantor: str
    tahap: Tahap = Tahap.MENUNGGU
    lengkap: Lengkap | None = None
    pribadi: Mapping[str, Any] | None = None
    pemilik: tuple[str, ...] = ()
    tugas: tuple[Tugas, ...] = ()
    tenggat: Mapping[Tingkat, str] = field(default_factory=dict)
    dikembalikan_pada: str | None = None
    kembali: Kembali | None = None
    pembatalan: int = 0
    ditunggu: Ditunggu | None = None
    catatan: tuple[Catatan, ...] = ()
    langkah: tuple[str, ...] = ()

    def jalan(self, layanan: Layanan) -> Layanan:
        """The service as far as this case goes through it."""
        return layanan.sebagian(self.langkah) if self.langkah else layanan

    @property
    def terbuka(self) -> Tugas | None:
        return next((task for task in self.tugas if task.terbuka), None)

    def cari(self, id: str) -> Tugas | None:
        return next((task for task in self.tugas if task.id == id), None)

    def dengan(self, tugas: Tugas) -> Kasus:
        """The same case with one task in a new state."""
        return replace(self, tugas=tuple(tugas if t.id == tugas.id else t for t in self.tugas))

    def berakhir(self, tahap: Tahap) -> Kasus:
        """The case at `tahap`; an open task falls away."""
        tasks = tuple(replace(t, gugur=True) if t.terbuka else t for t in self.tugas)
        return replace(self, tahap=tahap, tugas=tasks, ditunggu=None)


Hasil = tuple[Kasus, tuple[Fakta, ...]]
"""What every step returns: the new case and its facts in order."""
