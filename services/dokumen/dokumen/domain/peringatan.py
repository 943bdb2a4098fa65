"""Warnings about a photograph in words: what is wrong, and what a good one looks like (R11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

KATA: Mapping[str, str] = MappingProxyType(
    {
        "gelap": "Foto ini terlalu gelap. Contoh yang baik: berkas di meja dekat jendela, tanpa bayangan tangan.",
        "buram": "Tulisan di foto ini kabur. Contoh yang baik: HP dipegang dua tangan, huruf paling kecil terbaca.",
        "kecil": "Foto ini kecil, huruf kecil mungkin tidak terbaca. Contoh yang baik: berkas memenuhi seluruh foto.",
    }
)


def saran(kode: Iterable[str]) -> list[dict[str, str]]:
    """Each warning with its words."""
    return [{"kode": k, "pesan": KATA[k]} for k in kode]
