"""Asking RT and RW by link, and their answers (R9): only where the office has switched it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.aggregate import Cause, Decision, Moment, Outcome, State
from pengajuan.application.langkah import Hasil, pada
from pengajuan.application.lingkup import Lingkup, batas
from pengajuan.application.pemanggil import Pemanggil, boleh_ubah
from pengajuan.application.pengurus import pencari
from pengajuan.domain import konfirmasi as domain
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.events import Langkah
from pengajuan.domain.konfirmasi import Aturan
from pengajuan.domain.pengantar import Pengantar
from pengajuan.domain.permohonan import Permohonan


def menyala(kantor: Mapping[str, Any]) -> bool:
    """Whether this office has RT and RW confirm by link; off unless it said so."""
    return bool(kantor.get("pengantar_daring", False))


def aturan(di: Lingkup, kasus: Permohonan, kantor: Mapping[str, Any]) -> Aturan:
    return Aturan(
        layanan=di.milik(kasus),
        batas=batas(dict(kantor)),
        kerja=di.kerja,
        pengurus=pencari(di, kasus.kantor),
        sidik=di.sidik_tautan,
    )


def dapat(di: Lingkup, kasus: Permohonan, kantor: Mapping[str, Any]) -> bool:
    """Whether the resident may ask now instead of bringing the paper."""
    return menyala(kantor) and domain.dapat(kasus, di.milik(kasus), batas(dict(kantor)))


def minta(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, *, ya: bool, cause: Cause) -> Outcome:
    """The case with RT asked, or a draft with the wish made or taken back. Raises TidakAda, Dilarang, TransisiSalah."""
    boleh_ubah(kasus, siapa)
    kantor = di.satu_kantor(kasus.kantor).state
    if ya and not menyala(kantor):
        raise TransisiSalah(
            "konfirmasi-tidak-aktif",
            "Kantor ini belum memakai konfirmasi RT/RW lewat pesan. Unggah foto surat pengantar, atau bawa ke loket.",
        )
    rules = aturan(di, kasus, kantor)

    def langkah(now: Permohonan, at: Moment) -> Hasil:
        return domain.minta(now, rules, pelaku=siapa.pelaku, waktu=at.now) if ya else domain.urungkan(now)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def diajukan(di: Lingkup, kasus: Permohonan, kantor: Mapping[str, Any], at: Moment) -> Langkah:
    """What filing adds for a draft that wanted a confirmation. Raises TransisiSalah."""
    if kasus.pengantar is None:
        return kasus, ()
    return domain.diajukan(kasus, aturan(di, kasus, kantor), waktu=at.now)


def dibuka(di: Lingkup, kasus: Permohonan, sidik: str) -> Pengantar:
    """The request that a link opens. Raises TautanSalah."""
    return domain.terbuka(kasus, sidik, di.permohonan.moment().now)


def jawab(di: Lingkup, kasus: Permohonan, sidik: str, *, benar: bool, cause: Cause) -> Outcome:
    """The case after an answer. Raises TautanSalah."""
    rules = aturan(di, kasus, di.satu_kantor(kasus.kantor).state)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        return domain.jawab(now, rules, sidik=sidik, benar=benar, waktu=at.now)

    return di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)


def lewat(state: State, result: Any, at: Moment) -> Decision:
    """Office clock: two working days without an answer."""
    return pada(lambda kasus, at: domain.lewat(kasus, at.now))(state or None, at)
