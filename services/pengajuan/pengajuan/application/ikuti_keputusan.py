"""What persetujuan decided, as the resident's case shows it."""

from __future__ import annotations

from datetime import datetime

from chassis.aggregate import Decision, Moment, State
from chassis.envelope import Event
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.peristiwa import Isi, ikut, isi
from pengajuan.domain import ikuti
from pengajuan.domain.permohonan import Catatan, Kekurangan, Permohonan


def tugas_dibuat(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.tugas_dibuat(kasus, putaran=data["putaran"], kantor=data["kantor"])


def tugas_diputuskan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.keputusan(
        kasus,
        langkah=data["langkah"],
        hasil=data["keputusan"],
        peran=data["peran"],
        putaran=data["putaran"],
        waktu=waktu,
    )


def disetujui(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.disetujui(kasus, putaran=data["putaran"], waktu=waktu)


def ditolak(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.ditolak(kasus, putaran=data["putaran"], alasan=data["alasan"], waktu=waktu)


def tenggat(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.tenggat(kasus, bagian=data["bagian"], jatuh_tempo=data["jatuh_tempo"])


def pembatalan_dikabulkan(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.pembatalan_dikabulkan(kasus, putaran=data["putaran"], waktu=waktu)


def pembatalan_ditolak(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
    return ikuti.pembatalan_ditolak(kasus, waktu=waktu)


def catatan(event: Event, state: State | None, at: Moment) -> Decision:
    """The newest words of an official; None when they were erased."""

    def langkah(kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
        words = tuple(Catatan(kode=c["kode"], teks=c["teks"]) for c in data.get("catatan", ()))
        return ikuti.dicatat_pejabat(kasus, words)

    return ikut(langkah)(event, state, at)


class Dikembalikan:
    """Needs the catalogue: it knows how long the resident has."""

    def __init__(self, di: Lingkup) -> None:
        self._di = di

    def __call__(self, event: Event, state: State | None, at: Moment) -> Decision:
        return ikut(self._langkah)(event, state, at)

    def _langkah(self, kasus: Permohonan, data: Isi, waktu: datetime) -> Permohonan:
        points = tuple(
            Kekurangan(jenis=k["jenis"], kode=k["kode"], alasan=k["alasan"]) for k in isi(data, "kekurangan")
        )
        return ikuti.dikembalikan(
            kasus,
            self._di.milik(kasus),
            putaran=data["putaran"],
            target=data["target"],
            kekurangan=points,
            waktu=waktu,
        )
