"""What dokumen says of papers: a clean one may complete the round."""

from __future__ import annotations

from datetime import datetime

from chassis.aggregate import Decision, Moment, State
from chassis.envelope import Event
from pengajuan.application.lingkup import Lingkup, batas
from pengajuan.application.peristiwa import Isi, ikut
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import Berkas, Permohonan
from pengajuan.domain.terima_berkas import terima, tolak


class Diterima:
    """Needs the catalogue and the office's limits."""

    def __init__(self, di: Lingkup) -> None:
        self._di = di

    def __call__(self, event: Event, state: State | None, at: Moment) -> Decision:
        return ikut(self._langkah)(event, state, at)

    def _langkah(self, kasus: Permohonan, data: Isi, waktu: datetime) -> Langkah:
        paper = Berkas(
            id=data["berkas"],
            syarat=data["syarat"],
            sha256=data["sha256"],
            putaran=data["putaran"],
            pada=waktu,
        )
        limits = batas(self._di.satu_kantor(kasus.kantor).state)
        return terima(kasus, self._di.milik(kasus), berkas=paper, batas=limits)


def ditolak(kasus: Permohonan, data: Isi, waktu: datetime) -> Langkah:
    return tolak(kasus, berkas_id=data["berkas"], syarat=data["syarat"], alasan=data["alasan"], waktu=waktu)
