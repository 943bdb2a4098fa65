"""Answers change while the resident has the case: in a draft, or collected for the next round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.domain import draf, formulir
from pengajuan.domain.errors import FormulirSalah
from pengajuan.domain.pengantar import tanpa_kertas
from pengajuan.domain.pengisian import Konteks
from pengajuan.domain.permohonan import Hubungan, JalanSyarat, Pemohon, Permohonan


@dataclass(frozen=True, slots=True, kw_only=True)
class Perubahan:
    """An answer of None removes the field."""

    jawaban: Mapping[str, object]
    jalan: Mapping[str, JalanSyarat]
    hubungan: Hubungan | None = None
    pemohon: Pemohon | None = None
    periksa: bool = False
    """Judge the given answers at once; otherwise they are judged at filing."""


def ubah(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, minta: Perubahan, cause: Cause) -> Outcome:
    """The changed case. Raises TidakAda, Dilarang, TransisiSalah, FormulirSalah, Stale."""
    boleh_ubah(kasus, siapa)
    kantor = di.satu_kantor(kasus.kantor).state

    def langkah(now: Permohonan, at: Moment) -> Permohonan:
        changed = draf.ubah(
            now, data=minta.jawaban, pemohon=minta.pemohon, hubungan=minta.hubungan, jalan=minta.jalan
        )
        if minta.periksa:
            _judge(changed, di.konteks(di.milik(now), kantor, at), minta.jawaban.keys())
        return changed

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def _judge(kasus: Permohonan, konteks: Konteks, asked: Iterable[str]) -> None:
    """Mistakes among the answers just given; those of pages not reached yet wait. Raises FormulirSalah."""
    hasil = formulir.periksa(
        konteks.layanan,
        kasus.data,
        hubungan=kasus.hubungan.value,
        hari_ini=konteks.hari_ini,
        batas=konteks.batas,
    )
    given = {f"/jawaban/{name}" for name in asked}
    mistakes = tanpa_kertas(kasus.pengantar, hasil.kesalahan)
    wrong = tuple(error for error in mistakes if error.pointer in given)
    if wrong:
        raise FormulirSalah(wrong)
