"""Cancelling: at once while the case is ours, otherwise by asking its owner."""

from __future__ import annotations

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.domain import batalkan as domain
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import Permohonan


def batalkan(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, cause: Cause) -> Outcome:
    """The cancelled case, or one with a pending request. Raises TidakAda, Dilarang, TransisiSalah."""
    boleh_ubah(kasus, siapa)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        return domain.batalkan(now, pelaku=siapa.pelaku, waktu=at.now)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)
