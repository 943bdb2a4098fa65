"""The resident sends a returned case again: the next round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.domain import perbaiki as domain
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import JalanSyarat, Permohonan


@dataclass(frozen=True, slots=True, kw_only=True)
class Perbaikan:
    jawaban: Mapping[str, object]
    jalan: Mapping[str, JalanSyarat]


def perbaiki(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, minta: Perbaikan, cause: Cause) -> Outcome:
    """The case in its next round. Raises TidakAda, Dilarang, TransisiSalah, FormulirSalah."""
    boleh_ubah(kasus, siapa)
    kantor = di.satu_kantor(kasus.kantor).state

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        return domain.perbaiki(
            now,
            di.konteks(di.milik(now), kantor, at),
            pelaku=siapa.pelaku,
            data=minta.jawaban,
            jalan=minta.jalan,
            waktu=at.now,
        )

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)
