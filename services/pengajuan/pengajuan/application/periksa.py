"""The counter's check: complete, or one list back. It waits for no event: view receipts say which papers exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from chassis.aggregate import Cause, Moment, Outcome
from pengajuan.application.langkah import pada
from pengajuan.application.lingkup import Lingkup, batas
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.application.wewenang import boleh_periksa
from pengajuan.domain import periksa as domain
from pengajuan.domain import teruskan as penerusan
from pengajuan.domain.events import Fakta, Langkah
from pengajuan.domain.layanan import Layanan
from pengajuan.domain.permohonan import Berkas, Kekurangan, Pembebasan, Permohonan
from pengajuan.domain.terima_berkas import siap, terima


@dataclass(frozen=True, slots=True, kw_only=True)
class Dilihat:
    """One paper that the clerk opened, as dokumen signed it."""

    berkas: str
    syarat: str
    sha256: str
    putaran: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pemeriksaan:
    """What the counter's check rests on: the papers it opened, and those it does without."""

    dilihat: tuple[Dilihat, ...]
    tanpa: tuple[Pembebasan, ...]


def nyatakan_lengkap(
    di: Lingkup, siapa: Pemanggil, kasus: Permohonan, hasil: Pemeriksaan, cause: Cause
) -> Outcome:
    """The case with persetujuan. Raises TidakAda, Dilarang, TransisiSalah."""
    return _diperiksa(di, siapa, kasus, hasil, domain.lengkap, cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surat:
    """The letter with which a case goes to another office: its number and its day."""

    rujukan: str
    tanggal: date


def teruskan(
    di: Lingkup, siapa: Pemanggil, kasus: Permohonan, hasil: Pemeriksaan, surat: Surat, cause: Cause
) -> Outcome:
    """The case on its way to another office. Raises TidakAda, Dilarang, TransisiSalah."""
    step = partial(penerusan.teruskan, tanggal=surat.tanggal, rujukan=surat.rujukan)
    return _diperiksa(di, siapa, kasus, hasil, step, cause)


def terima_hasil(
    di: Lingkup, siapa: Pemanggil, kasus: Permohonan, hasil: str, teks: str, cause: Cause
) -> Outcome:
    """What the other office did. Raises TidakAda, Dilarang, TransisiSalah."""
    boleh_periksa(di, kasus, siapa)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        return penerusan.terima_hasil(now, pelaku=siapa.pelaku, hasil=hasil, teks=teks, waktu=at.now)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def kembalikan(
    di: Lingkup, siapa: Pemanggil, kasus: Permohonan, daftar: tuple[Kekurangan, ...], cause: Cause
) -> Outcome:
    """The case back with the resident. Raises TidakAda, Dilarang, TransisiSalah."""
    boleh_periksa(di, kasus, siapa)
    limits = batas(di.satu_kantor(kasus.kantor).state)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        return domain.kembalikan(
            now, di.milik(now), pelaku=siapa.pelaku, kekurangan=daftar, waktu=at.now, batas=limits
        )

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def _diperiksa(
    di: Lingkup,
    siapa: Pemanggil,
    kasus: Permohonan,
    hasil: Pemeriksaan,
    akhiri: Callable[..., Langkah],
    cause: Cause,
) -> Outcome:
    """The check ends by `akhiri`, on the case with all that the receipts know."""
    boleh_periksa(di, kasus, siapa)
    limits = batas(di.satu_kantor(kasus.kantor).state)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        layanan = di.milik(now)
        known, before = _known(now, layanan, hasil.dilihat, limits, at)
        waived = frozenset(t.syarat for t in hasil.tanpa)
        known, ready = siap(known, layanan, batas=limits, waktu=at.now, dibebaskan=waived)
        moved, facts = akhiri(
            known,
            layanan,
            pelaku=siapa.pelaku,
            dilihat={d.berkas: d.sha256 for d in hasil.dilihat},
            pembebasan=hasil.tanpa,
            waktu=at.now,
            batas=limits,
        )
        return moved, (*before, *ready, *facts)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def _known(
    kasus: Permohonan,
    layanan: Layanan,
    dilihat: tuple[Dilihat, ...],
    limits: Mapping[str, int],
    at: Moment,
) -> tuple[Permohonan, tuple[Fakta, ...]]:
    """The case with every paper that a receipt names, also those whose event is still on its way."""
    told: tuple[Fakta, ...] = ()
    for seen in dilihat:
        paper = Berkas(
            id=seen.berkas, syarat=seen.syarat, sha256=seen.sha256, putaran=seen.putaran, pada=at.now
        )
        kasus, facts = terima(kasus, layanan, berkas=paper, batas=limits)
        told += facts
    return kasus, told
