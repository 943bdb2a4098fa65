"""The part of the catalogue that dokumen keeps: template, classification, signers, release, originals, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Rilis = Literal["langsung", "setelah_asli_dilihat", "hanya_loket"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layanan:
    """One service. `penandatangan` are roles in their order; `kata` turns answer codes into the letter's words."""

    kode: str
    versi: str
    judul: str
    template: str
    klasifikasi: str
    produk: Literal["surat_kelurahan", "legalisasi", "surat_kecamatan", "an_camat"]
    penandatangan: tuple[str, ...]
    rilis: Rilis
    masa_berlaku_hari: int | None
    asli: Mapping[str, str]
    kata: Mapping[str, Mapping[str, str]]
