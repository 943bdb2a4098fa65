"""Moving a misfiled case: closed here, filed anew at the right office, and found again from either receipt (R7).

Two documents cannot be written at once: the old case promises the new one in the write that closes it. The caller
makes it at once, so that it can be read; the promise makes it when he could not.
"""

from __future__ import annotations

from typing import Any

from chassis.aggregate import Cause, Decision, Moment, Outcome, State
from chassis.ports.errors import Duplicate
from pengajuan.application.buat import nomor_resi, sidik_rahasia, terbuka
from pengajuan.application.langkah import keputusan, pada
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.application.wewenang import boleh_periksa
from pengajuan.domain import pindah as domain
from pengajuan.domain.events import Langkah
from pengajuan.domain.keadaan import from_state
from pengajuan.domain.permohonan import Permohonan, Pindahan


def pindah(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, tujuan: str, cause: Cause, id: str) -> Outcome:
    """The closed case; `id` is for the one at the office `tujuan`, unless the command was carried out before.

    Raises TidakAda, Dilarang, BelumDilayani, TransisiSalah.
    """
    boleh_periksa(di, kasus, siapa)
    terbuka(di, siapa, kasus.layanan, tujuan)

    def langkah(now: Permohonan, at: Moment) -> Langkah:
        there = Pindahan(kantor=tujuan, permohonan=id)
        return domain.pindahkan(now, ke=there, pelaku=siapa.pelaku, waktu=at.now)

    done = di.permohonan.update(kasus.kantor, kasus.id, pada(langkah), cause)
    datang(di, from_state(done.state))
    return done


def datang(di: Lingkup, lama: Permohonan) -> None:
    """The case at its new office, made once however often this is asked."""
    if lama.pindah_ke is None:
        return
    there, layanan = lama.pindah_ke, di.milik(lama)
    kantor = di.satu_kantor(there.kantor).state
    rahasia = di.rahasia(lama.rahasia_dari or lama.id)

    def decide(state: State | None, at: Moment) -> Decision:
        kasus, facts = domain.datang(
            lama,
            di.konteks(layanan, kantor, at),
            resi=nomor_resi(there.kantor, there.permohonan),
            rahasia_hash=sidik_rahasia(there.permohonan, rahasia),
            waktu=at.now,
        )
        return keputusan(kasus, facts, at)

    try:
        di.permohonan.update(there.kantor, there.permohonan, decide, Cause.command(f"pindah.{lama.id}"))
    except Duplicate:
        # Request and promise at the same moment: the other one's receipt is this one's.
        if di.permohonan.read(there.kantor, there.permohonan) is None:
            raise


def tiba(state: State, result: Any, at: Moment) -> Decision:
    """The promise is kept."""
    return pada(lambda kasus, _: domain.tiba(kasus))(state or None, at)


def sekarang(di: Lingkup, kasus: Permohonan) -> Permohonan:
    """The case that a moved one goes on as; itself otherwise, or while the other is not there yet."""
    while kasus.pindah_ke is not None:
        found = di.permohonan.read(kasus.pindah_ke.kantor, kasus.pindah_ke.permohonan)
        if found is None:
            return kasus
        kasus = from_state(found.state)
    return kasus
