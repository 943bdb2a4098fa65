"""What the commands ask of adapters: intents, pointers, numbers, an examiner of papers, a printer of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from chassis.ports.documents import Body, Doc
from dokumen.domain.nomor import Buku, Pengaturan, Register
from dokumen.domain.susun import Bahan
from dokumen.domain.tahan import Ditahan

Jenis = Literal["berkas", "surat", "token", "kode", "sidik"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempat:
    """Where something belongs: the case, and within it the paper or letter `id`."""

    kantor: str
    permohonan: str
    id: str


class Penunjuk(Protocol):
    """An index over ids and digests; entries are written before what they point to."""

    def catat(self, jenis: Jenis, kunci: str, tempat: Tempat) -> None: ...

    def cari(self, jenis: Jenis, kunci: str) -> Tempat | None: ...


class Niat(Protocol):
    """Intents: what will be put into the object store, so that a sweeper finds what a crash left behind."""

    def unggahan(self, kantor: str, permohonan: str, perintah: str, id: str) -> str:
        """The upload id of this command: `id`, or the one an earlier try of the same command got."""
        ...

    def objek(self, kantor: str, permohonan: str, kunci: str) -> None:
        """`kunci` is about to be put. Raises `Unavailable` while it is being swept."""
        ...

    def lama(self, sebelum: datetime) -> list[tuple[str, str, str, str]]:
        """Intents older than that: (kantor, id, permohonan, kunci)."""
        ...

    def tandai(self, kantor: str, id: str, sebelum: datetime) -> bool:
        """Mark for sweeping, unless somebody renewed it meanwhile."""
        ...

    def hapus(self, kantor: str, id: str) -> None: ...


class Nomor(Protocol):
    """The registers (R5)."""

    def ambil(self, register: Register, surat: str, catatan: Mapping[str, Any], status: str = "surat") -> int:
        """The number of `surat` in `register`: the one it has, or the next; never a gap."""
        ...

    def batalkan(self, kantor: str, surat: str, alasan: str, oleh: str, waktu: str) -> None:
        """The numbers of a letter that will not be are void."""
        ...


class Daftar(Protocol):
    """The lines of the registers, one by one."""

    def ambil(
        self, register: Register, surat: str, catatan: Mapping[str, Any], status: str = "surat"
    ) -> int: ...

    def baris(self, kantor: str, register: str, urut: int) -> Doc | None: ...

    def milik(self, kantor: str, surat: str) -> list[Doc]:
        """The lines that this taker got."""
        ...

    def ubah(self, baris: Doc, tulis: Callable[[Body], Body]) -> Doc:
        """Rewrite a line from its newest state; nothing is written if nothing changes."""
        ...


class Agenda(Protocol):
    """The books of an office, one a year."""

    def buka(self, kantor: str, tahun: int, pengaturan: Pengaturan) -> Buku:
        """That year's book, opened with `pengaturan` if nobody did yet; afterwards its setting stays."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Temuan:
    """A clean paper: the file to keep, its kind, thumbnail and pictures of its pages (JPEG), codes of warnings."""

    berkas: Path
    jenis: str
    gambar: Path
    halaman: tuple[Path, ...]
    peringatan: tuple[str, ...] = ()
    bertanda_tangan: bool = False
    """A PDF with a digital signature: kept byte for byte, never divided (R11)."""


class PemeriksaPergi(Exception):
    """There is no verdict, and not for a reason in the paper: a busy machine, a process that was stopped. Try again."""


class Pemeriksa(Protocol):
    def __call__(self, path: Path, folder: Path) -> Temuan:
        """Examine a stored upload, writing into `folder`. Raises `BerkasDitolak` or `PemeriksaPergi`."""
        ...


class Pemotong(Protocol):
    def bagi(self, path: Path, folder: Path, bagian: Sequence[Sequence[int]]) -> tuple[Path, ...]:
        """A PDF in `folder` for each list of pages, counted from 1. Raises `BerkasDitolak` or `PemeriksaPergi`."""
        ...


class PemindaiPergi(Exception):
    """The malware scanner does not answer, or not with a verdict."""


class Pemindai(Protocol):
    def __call__(self, isi: Iterable[bytes]) -> str:
        """The name of the malware found, empty if none. Raises `PemindaiPergi`, or what `isi` raises."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kode:
    """The secrets of one letter's verification; the same letter always gets the same."""

    token: str
    pendek: str


class Pencetak(Protocol):
    """Writes and seals letters; the same input gives the same bytes."""

    def halangan(self, bahan: Bahan) -> Ditahan | None:
        """What keeps this letter from being written: a field that is missing or wrong, or a text that cannot be set."""
        ...

    def cetak(self, bahan: Bahan, nomor: tuple[str, ...], kode: Kode, saat: datetime) -> bytes: ...

    def lembar(self, bahan: Bahan, nomor: tuple[str, ...], kode: Kode) -> bytes:
        """The whole letter without seals, for those who sign it themselves."""
        ...


class Penyegel(Protocol):
    """Seals of offices on sheets that others sign too."""

    def bubuhkan(self, pdf: bytes, kantor: Mapping[str, Any], bidang: str, saat: datetime) -> bytes: ...

    def pindaian(self, isi: bytes, jenis: str, kantor: Mapping[str, Any], saat: datetime) -> bytes:
        """A scanned sheet (`pdf` or `jpeg`) as a PDF under the office's seal."""
        ...


class Rahasia(Protocol):
    """Verification codes and their digests; only digests are stored."""

    def kode(self, surat: str) -> Kode: ...

    def angka(self, surat: str, perintah: str) -> str:
        """Six digits; the same command of the same letter always gets the same."""
        ...

    def cap(self, surat: str, jenis: str, nilai: str) -> str:
        """A keyed digest that only says whether two values of one letter are equal."""
        ...


class Dilihat(Protocol):
    """Originals that were seen, per person (R8): `asli` maps a requirement to a digest of the original."""

    def catat(self, orang: str, asli: Mapping[str, str], hari: date) -> None: ...

    def semua(self, orang: str, asli: Mapping[str, str], hari: date) -> bool:
        """Whether all of them were seen within the year before `hari`."""
        ...


Samaran = Callable[[str, str], str]
"""`(kind, value)` → the keyed hash of an identity number, the same in every service."""


class Batas(Protocol):
    """How often something may be tried, counted for all processes. Raises `terlalu-sering`."""

    def habis(self, jenis: str, kunci: str, paling: int) -> None:
        """Raise if `kunci` has no tries left; nothing is counted."""
        ...

    def ambil(self, jenis: str, kunci: str, paling: int, detik: int) -> int:
        """Count one try, before the work; how many are left in this window."""
        ...
