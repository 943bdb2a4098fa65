"""What a clerk or the lurah does to a case beside checking it: correct an answer, allow a second list."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil, boleh_lihat
from pengajuan.application.wewenang import boleh_periksa, bukan_sendiri
from pengajuan.domain import daftar_kedua
from pengajuan.domain import koreksi as domain
from pengajuan.domain.errors import Dilarang
from pengajuan.domain.events import Langkah
from pengajuan.domain.permohonan import Permohonan


def koreksi(
    di: Lingkup,
    siapa: Pemanggil,
    kasus: Permohonan,
    jawaban: Mapping[str, object],
    berkas: str,
    cause: Cause,
) -> Outcome:
    """The corrected case. Raises TidakAda, Dilarang, TransisiSalah, FormulirSalah."""
    boleh_periksa(di, kasus, siapa)
    kantor = di.satu_kantor(kasus.kantor).state

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        konteks = di.konteks(di.milik(now), kantor, at)
        return domain.koreksi(now, konteks, pelaku=siapa.pelaku, data=jawaban, berkas=berkas, waktu=at.now)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def izinkan_daftar(
    di: Lingkup, siapa: Pemanggil, kasus: Permohonan, kode: tuple[str, ...], cause: Cause
) -> Outcome:
    """The case with the lurah's consent to a second list. Raises TidakAda, Dilarang, TransisiSalah."""
    boleh_lihat(kasus, siapa)
    if siapa.peran != "lurah":
        raise Dilarang("dilarang", "Hanya lurah yang mengizinkan daftar kedua.")
    bukan_sendiri(di, kasus, siapa)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        return daftar_kedua.izinkan(now, pelaku=siapa.pelaku, kode=kode, waktu=at.now)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)
