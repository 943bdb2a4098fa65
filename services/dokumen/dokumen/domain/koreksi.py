"""A proposed correction is judged field by field: what its letter could not say is named before anybody agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dokumen.domain import isian
from dokumen.domain.katalog import Layanan, Medan
from dokumen.domain.turunan import lengkapi

_NOMOR = re.compile(r"[0-9]{16}")  # Permendagri 108/2019: NIK and number of the family card


@dataclass(frozen=True, slots=True, kw_only=True)
class KesalahanMedan:
    """One wrong field: JSON pointer into the request, slug, message."""

    pointer: str
    slug: str
    detail: str


def salah(
    layanan: Layanan, jawaban: Mapping[str, Any], koreksi: Mapping[str, Any]
) -> tuple[KesalahanMedan, ...]:
    """Every corrected field that the letter prints and cannot, as `jawaban` would stand then."""
    answers = lengkapi({**jawaban, **koreksi})
    printed = [medan for medan in layanan.ragam_untuk(answers).medan if medan.id in koreksi]
    found = [(medan, _salah(medan, answers)) for medan in printed]
    return tuple(
        KesalahanMedan(pointer=f"/koreksi/{medan.id}", slug=wrong[0], detail=f"{medan.label} {wrong[1]}")
        for medan, wrong in found
        if wrong
    )


def _salah(medan: Medan, jawaban: Mapping[str, Any]) -> tuple[str, str] | None:
    """Slug, and what people read behind the field's name."""
    try:
        said = isian.kata([medan], jawaban)[medan.id]
    except isian.MedanSalah:
        kind = "harus angka." if medan.jenis == "angka" else "tidak bisa ditulis di surat. Periksa lagi."
        return "isian-keliru", kind
    except isian.MedanKurang:
        return "isian-kosong", "harus diisi."
    if medan.jenis in ("nik", "kk") and said and not _NOMOR.fullmatch(said):
        return "isian-keliru", "harus 16 angka. Lihat di KTP atau Kartu Keluarga."
    return None
