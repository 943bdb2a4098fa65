"""Messages as they stand in the catalogue, and how one reads with invented values, for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notifikasi.domain.galat import IsianTakDikenal, TemplatTidakAda
from notifikasi.domain.naskah import Naskah, Templat, isian, susun


def daftar(semua: Mapping[str, Templat]) -> list[dict[str, Any]]:
    """In the order of the catalogue."""
    return [
        {"kode": kode, "judul": each.judul, "isi": each.isi, "isian": list(isian(each))}
        for kode, each in semua.items()
    ]


def pratinjau(
    semua: Mapping[str, Templat],
    contoh: Mapping[str, str],
    kode: str,
    *,
    judul: str | None = None,
    isi: str | None = None,
) -> Naskah:
    """With other words where they are given. Raises TemplatTidakAda, IsianTakDikenal."""
    known = semua.get(kode)
    if known is None:
        raise TemplatTidakAda("Templat pesan ini tidak ada. Pilih dari daftar templat.")
    draft = Templat(judul=known.judul if judul is None else judul, isi=known.isi if isi is None else isi)
    wrong = sorted(set(isian(draft)) - set(isian(known)))
    if wrong:
        names = ", ".join(f"{{{name}}}" for name in isian(known))
        raise IsianTakDikenal(
            f"Isian {{{wrong[0]}}} tidak dikenal di pesan ini. Yang dapat dipakai: {names}."
        )
    return susun(draft, contoh)
