"""What the commands ask of adapters: intents, pointers, numbers, an examiner of papers, a printer of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from dokumen.domain.nomor import Register
from dokumen.domain.surat import Ditahan
from dokumen.domain.susun import Bahan

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

    def ambil(self, register: Register, surat: str, catatan: Mapping[str, Any]) -> int:
        """The number of `surat` in `register`: the one it has, or the next; never a gap."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Temuan:
    """A clean paper: the file to keep, its kind, thumbnail and pictures of its pages (JPEG), codes of warnings."""

    berkas: Path
    jenis: str
    gambar: Path
    halaman: tuple[Path, ...]
    peringatan: tuple[str, ...] = ()


class Pemeriksa(Protocol):
    def __call__(self, path: Path, folder: Path) -> Temuan:
        """Examine a stored upload, writing into `folder`. Raises `BerkasDitolak`."""
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
