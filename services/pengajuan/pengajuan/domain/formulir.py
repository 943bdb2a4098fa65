"""A filled form is judged whole: every wrong field at once, with what to do about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pengajuan.domain.errors import KesalahanMedan, PengajuanSalah
from pengajuan.domain.isian import Isi, baca, kosong
from pengajuan.domain.kondisi import terpenuhi
from pengajuan.domain.layanan import Layanan, Medan


@dataclass(frozen=True, slots=True, kw_only=True)
class HasilFormulir:
    """`data`: kept values by field id, without fields that were not asked; `kesalahan`: empty when all is well."""

    data: Mapping[str, Isi]
    kesalahan: tuple[KesalahanMedan, ...]


def periksa(
    layanan: Layanan,
    jawaban: Mapping[str, object],
    *,
    hubungan: str,
    hari_ini: date,
    batas: Mapping[str, int],
) -> HasilFormulir:
    """Check and normalise answers; `hubungan` counts as a field in conditions, `batas` are the office's limits."""
    data: dict[str, Isi] = {}
    wrong = _unknown(layanan, jawaban)
    for medan in layanan.medan:
        # Fields are asked in order, so a condition sees kept values of earlier fields only.
        if not terpenuhi(medan.bila, {**data, "hubungan": hubungan}, batas):
            continue
        nilai = jawaban.get(medan.id)
        if kosong(nilai):
            wrong += [_missing(medan)] if medan.wajib else []
            continue
        try:
            data[medan.id] = baca(medan, nilai, hari_ini)
        except PengajuanSalah as error:
            wrong.append(KesalahanMedan(pointer=f"/jawaban/{medan.id}", slug=error.slug, pesan=error.pesan))
    return HasilFormulir(data=data, kesalahan=tuple(wrong))


def _unknown(layanan: Layanan, jawaban: Mapping[str, object]) -> list[KesalahanMedan]:
    known = {m.id for m in layanan.medan}
    return [
        KesalahanMedan(
            pointer="/jawaban/" + name.replace("~", "~0").replace("/", "~1"),
            slug="isian-tak-dikenal",
            pesan="Isian ini tidak ada di formulir layanan. Muat ulang halaman lalu isi lagi.",
        )
        for name in jawaban
        if name not in known
    ]


def _missing(medan: Medan) -> KesalahanMedan:
    way_out = f" {medan.bantuan}" if medan.bantuan else ""
    return KesalahanMedan(
        pointer=f"/jawaban/{medan.id}", slug="isian-kosong", pesan=f"{medan.label} belum diisi.{way_out}"
    )
