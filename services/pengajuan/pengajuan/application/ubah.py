"""Answers change while the resident has the case: in a draft, or collected for the next round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.domain import draf
from pengajuan.domain.permohonan import Hubungan, JalanSyarat, Pemohon, Permohonan


@dataclass(frozen=True, slots=True, kw_only=True)
class Perubahan:
    """An answer of None removes the field."""

    jawaban: Mapping[str, object]
    jalan: Mapping[str, JalanSyarat]
    hubungan: Hubungan | None = None
    pemohon: Pemohon | None = None


def ubah(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, minta: Perubahan, cause: Cause) -> Outcome:
    """The changed case. Raises TidakAda, Dilarang, TransisiSalah, Stale."""
    boleh_ubah(kasus, siapa)

    def langkah(now: Permohonan, at: Moment) -> Permohonan:
        return draf.ubah(
            now, data=minta.jawaban, pemohon=minta.pemohon, hubungan=minta.hubungan, jalan=minta.jalan
        )

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)
