"""Ways between states that few cases go: given up while correcting, moved from every state that may, granted late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pengajuan.domain import ikuti
from pengajuan.domain.batalkan import batalkan
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.kedaluwarsa import kedaluwarsa
from pengajuan.domain.permohonan import Permohonan, Pindahan
from pengajuan.domain.pindah import pindahkan
from pengajuan.domain.status import BOLEH, Status
from support.permohonan import LOKET, SKDOM, T0, WARGA, diajukan, diproses, kekurangan, semua_berkas

KE = Pindahan(kantor="3276011008", permohonan="0197-baru")
LAMA = timedelta(days=60)  # longer than anybody is waited for
PUTUS = Status.DIBATALKAN


def dikembalikan() -> Permohonan:
    """With its applicant, who shall correct a paper."""
    return ikuti.dikembalikan(
        diproses(), SKDOM, putaran=1, target="warga", kekurangan=kekurangan("KK"), waktu=T0
    )


def test_who_shall_correct_may_give_up_instead() -> None:
    gone, facts = batalkan(dikembalikan(), pelaku=WARGA, waktu=T0)

    assert (gone.status, [f.nama for f in facts]) == (PUTUS, ["permohonan.dibatalkan"])
    assert gone.lengkapi_sampai is None


def test_a_case_at_the_counter_is_cancelled_at_once() -> None:
    gone, facts = batalkan(semua_berkas(diajukan()), pelaku=WARGA, waktu=T0)

    assert (gone.status, [f.nama for f in facts]) == (PUTUS, ["permohonan.dibatalkan"])


def test_a_correction_that_never_comes_expires() -> None:
    gone, facts = kedaluwarsa(dikembalikan(), T0 + LAMA)

    assert (gone.status, [(f.data or {})["sebab"] for f in facts]) == (Status.KEDALUWARSA, ["kedaluwarsa"])


def test_an_approved_case_ends_when_dokumen_grants_the_cancellation() -> None:
    approved = ikuti.disetujui(diproses(), putaran=1, waktu=T0)

    asked, facts = batalkan(approved, pelaku=WARGA, waktu=T0)
    granted = ikuti.pembatalan_dikabulkan(asked, putaran=1, waktu=T0)

    assert (asked.status, [f.nama for f in facts]) == (Status.DISETUJUI, ["pembatalan.diminta"])
    assert (granted.status, granted.pembatalan_diminta) == (PUTUS, False)


@pytest.mark.parametrize(
    "kasus",
    [diajukan(), semua_berkas(diajukan()), dikembalikan()],
    ids=lambda kasus: str(kasus.status),
)
def test_a_misfiled_case_moves_from_every_state_that_is_the_counters(kasus: Permohonan) -> None:
    moved, facts = pindahkan(kasus, ke=KE, pelaku=LOKET, waktu=T0)

    assert (moved.status, moved.pindah_ke) == (Status.DIPINDAH, KE)
    assert [(f.data or {})["sebab"] for f in facts] == ["dipindah"]


def test_no_case_goes_a_way_that_is_not_listed() -> None:
    kasus = diajukan()
    closed = [(a, b) for a in Status for b in Status if b not in BOLEH[a]]

    for a, b in closed:
        with pytest.raises(TransisiSalah):
            replace(kasus, status=a).menjadi(b, "dicoba")
    assert len(closed) + sum(map(len, BOLEH.values())) == len(Status) ** 2
