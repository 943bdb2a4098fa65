"""What signing with an official's own certificate asks of an adapter: an authority, and one opened signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Keterangan:
    """What stands in a signature beside its certificate: why, where, when, and the name of its field."""

    bidang: str
    alasan: str
    tempat: str
    saat: datetime


class Pena(Protocol):
    """One official's signature, opened with his passphrase for the length of one request."""

    def tandatangani(self, pdf: bytes, keterangan: Keterangan) -> bytes:
        """`pdf` with one signature more. Raises `FrasaSalah`, `TteTidakTersedia` (try again) or `TandaGagal`."""
        ...


class Otoritas(Protocol):
    """Personal certificates; `tersertifikasi` is true only for the government's authority."""

    tersertifikasi: bool

    def buka(self, akun: str, frasa: str) -> Pena:
        """Raises `SertifikatTidakAda`, `FrasaSalah`, `FrasaSementara` or `TteTidakTersedia`."""
        ...

    def keadaan(self, akun: str) -> str:
        """`tidak_ada`, `sementara` (its passphrase has to be changed first), `siap`, or the authority's own word."""
        ...

    def daftarkan(self, akun: str, nama: str, surel: str) -> str:
        """Enrol; the temporary passphrase to hand over, or empty where the authority knows the person already."""
        ...

    def ganti_frasa(self, akun: str, lama: str, baru: str) -> None: ...
