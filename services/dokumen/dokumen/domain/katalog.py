"""The part of the catalogue that dokumen keeps: shape, fields, classification, signers, release, originals, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from dokumen.domain import kondisi

Rilis = Literal["langsung", "setelah_asli_dilihat", "hanya_loket"]
Bentuk = Literal["judul", "korespondensi", "formulir"]
Produk = Literal["surat_kelurahan", "legalisasi", "surat_kecamatan", "an_camat"]
JENIS = frozenset(
    {"nama", "teks", "paragraf", "baris", "nik", "kk", "tanggal", "bulan", "jam", "pilihan", "angka", "rt_rw"}
    | {"ya_tidak", "hari_tanggal"}
)
# Who gives a number, in the order of the signatures (R4).
PENOMOR: Mapping[Produk, tuple[str, ...]] = {
    "surat_kelurahan": ("kelurahan",),
    "legalisasi": ("kelurahan", "kecamatan"),
    "surat_kecamatan": ("kecamatan",),
    "an_camat": ("kelurahan",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Medan:
    """One answer that a letter prints. `kata` turns codes into the letter's words; `bila` as in pengajuan's forms."""

    id: str
    jenis: str
    label: str
    wajib: bool = True
    bila: Mapping[str, Any] | None = None
    kata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tujuan:
    """Where a letter goes: one of the office's addressees, named here or chosen by an answer."""

    kantor: str = ""
    medan: str = ""


@dataclass(frozen=True, kw_only=True)
class Layanan:
    """One letter. `induk` names the service whose case also yields this letter when `bila` holds (N6 beside N1).

    `ragam` are changes of some of these values that hold under a condition: `{bila, template, bentuk, …}`.
    """

    kode: str
    versi: str
    judul: str
    template: str
    bentuk: Bentuk
    klasifikasi: str
    produk: Produk
    penandatangan: tuple[str, ...]
    rilis: Rilis
    asli: Mapping[str, str]
    medan: tuple[Medan, ...]
    masa_berlaku_hari: int | None = None
    masa_berlaku_bulan: int | None = None
    camat_opsional: bool = False
    hal: str = ""
    tujuan: Tujuan | None = None
    induk: str = ""
    bila: Mapping[str, Any] | None = None
    ragam: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def kata(self) -> Mapping[str, Mapping[str, str]]:
        """The letter's words by field and answer code."""
        return {m.id: m.kata for m in self.medan if m.kata}

    @property
    def layanan(self) -> str:
        """The service whose case yields it: offices choose release and signatures per service."""
        return self.induk or self.kode

    @property
    def penomor(self) -> tuple[str, ...]:
        """Levels of the offices that number it."""
        return PENOMOR[self.produk]

    def ragam_untuk(self, jawaban: Mapping[str, Any]) -> Layanan:
        """The letter as these answers ask for it."""
        for other in self.ragam:
            if kondisi.berlaku(other["bila"], jawaban):
                return replace(self, ragam=(), **{k: v for k, v in other.items() if k != "bila"})
        return self

    def sebagai(self, produk: Produk | None) -> Layanan:
        """Made as another product: the kelurahan's letter alone, where the flow did not ask the camat."""
        if produk in {None, self.produk}:
            return self
        return replace(self, produk=produk, penandatangan=("lurah",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulir:
    """A form that the system fills in and people sign: which services offer it, and when."""

    kode: str
    judul: str
    model: str
    template: str
    layanan: tuple[str, ...]
    medan: tuple[Medan, ...]
    bila: Mapping[str, Any] | None = None
