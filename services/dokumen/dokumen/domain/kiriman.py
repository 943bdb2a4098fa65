"""A paper that arrives in pieces (tus 1.0): what is there, what still fits, and until when it is kept.

A piece is an object of its own and never changes. A small one is rewritten together with what follows it, so that
one byte at a time makes no more objects than whole pieces do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dokumen.domain.berkas import Izin
from dokumen.domain.galat import BerkasKosong, PosisiSalah, TerlaluBesar

UMUR = timedelta(hours=24)
MOST = 20  # unfinished uploads of one application


@dataclass(frozen=True, slots=True, kw_only=True)
class Potongan:
    """A stored piece; `ukuran` in bytes."""

    kunci: str
    ukuran: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiriman:
    """One upload; `berkas` is the paper it became, `sampai` the real time when it is thrown away."""

    id: str
    izin: Izin
    syarat: str
    oleh: str
    perintah: str
    sidik: str
    panjang: int
    sampai: datetime
    tetap: bool = False
    potongan: tuple[Potongan, ...] = ()
    berkas: str = ""

    @property
    def diterima(self) -> int:
        """Bytes that are safe."""
        return self.panjang if self.berkas else sum(p.ukuran for p in self.potongan)

    @property
    def utuh(self) -> bool:
        return self.diterima == self.panjang


def boleh_mulai(izin: Izin, panjang: int) -> None:
    """Raise unless a file of this size may come."""
    if panjang == 0:
        raise BerkasKosong("Berkas ini kosong. Pilih atau foto ulang berkasnya.")
    if panjang > izin.maks_byte:
        raise terlalu_besar(izin.maks_byte)


def boleh_tambah(kiriman: Kiriman, posisi: int, ukuran: int | None, maks_potongan: int) -> int:
    """Most bytes that the next piece may have. Raises `PosisiSalah` or `TerlaluBesar`."""
    if posisi != kiriman.diterima:
        raise PosisiSalah(kiriman.diterima)
    left = kiriman.panjang - kiriman.diterima
    if ukuran is not None and ukuran > maks_potongan:
        raise TerlaluBesar(f"Potongan terlalu besar: paling banyak {_kb(maks_potongan)} KB sekali kirim.")
    if ukuran is not None and ukuran > left:
        raise TerlaluBesar(f"Potongan melebihi ukuran berkas yang disebut di awal: sisanya {left} byte.")
    return min(left, maks_potongan)


def disambung(kiriman: Kiriman, maks_potongan: int) -> Potongan | None:
    """The last piece if it is so small that the next bytes are stored together with it."""
    last = kiriman.potongan[-1] if kiriman.potongan else None
    return last if last and last.ukuran < maks_potongan // 2 else None


def tambah(kiriman: Kiriman, izin: Izin, baru: Potongan, diganti: Potongan | None) -> Kiriman:
    kept = kiriman.potongan[:-1] if diganti else kiriman.potongan
    return replace(kiriman, izin=izin, potongan=(*kept, baru))


def terlalu_besar(maks: int) -> TerlaluBesar:
    size = f"{maks / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return TerlaluBesar(f"Berkas terlalu besar: paling banyak {size} MB. Kecilkan atau foto ulang berkasnya.")


def _kb(size: int) -> int:
    return size // 1024
