"""After the counter: cancelling, following decisions, expiry, and the store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from pengajuan.domain import draf, ikuti, tampilan
from pengajuan.domain.ajukan import ajukan
from pengajuan.domain.batalkan import batalkan
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.kedaluwarsa import kedaluwarsa
from pengajuan.domain.permohonan import (
    Hubungan,
    Pembebasan,
    Surat,
)
from pengajuan.domain.status import Status
from support.permohonan import (
    LOKET,
    SKDOM,
    SKTM,
    T0,
    WARGA,
    buat_draf,
    diajukan,
    diproses,
    kekurangan,
    konteks,
)


def test_pengajuan_cancels_its_own_cases_and_asks_for_others() -> None:
    gone, facts = batalkan(diajukan(), pelaku=WARGA, waktu=T0)
    assert (gone.status, facts[0].nama) == (Status.DIBATALKAN, "permohonan.dibatalkan")
    assert batalkan(buat_draf(), pelaku=WARGA, waktu=T0)[1] == ()
    asked, facts = batalkan(diproses(), pelaku=WARGA, waktu=T0)
    assert (asked.status, facts[0].nama) == (Status.DIPROSES, "pembatalan.diminta")
    assert tampilan.keterangan(asked) == ("pembatalan diminta",)
    with pytest.raises(TransisiSalah) as caught:
        batalkan(asked, pelaku=WARGA, waktu=T0)
    assert caught.value.slug == "pembatalan-sudah-diminta"
    assert ikuti.pembatalan_ditolak(asked, waktu=T0).pembatalan_diminta is False
    granted = ikuti.pembatalan_dikabulkan(asked, putaran=1, waktu=T0)
    assert (granted.status, granted.pembatalan_diminta) == (Status.DIBATALKAN, False)


def test_a_decided_case_is_followed_to_its_letter() -> None:
    kasus = ikuti.tugas_dibuat(diproses(), putaran=1, kantor="327601")
    assert tampilan.kata(kasus) == "Di kecamatan"
    kasus = ikuti.disetujui(kasus, putaran=1, waktu=T0)
    assert tampilan.kata(kasus) == "Menunggu tanda tangan"
    kasus = ikuti.terbit(kasus, putaran=1, surat=Surat(id="s1", tanggal=T0.date(), rilis="langsung", pada=T0))
    assert tampilan.kata(kasus) == "Surat siap"
    kasus = ikuti.diserahkan(kasus, waktu=T0)
    assert tampilan.kata(kasus) == "Selesai"
    assert ikuti.diserahkan(kasus, waktu=T0).status is Status.DISERAHKAN
    with pytest.raises(TransisiSalah):
        batalkan(kasus, pelaku=WARGA, waktu=T0)


def test_a_decision_of_an_earlier_round_is_recorded_not_applied() -> None:
    kasus = replace(diproses(), putaran=2)
    old = ikuti.disetujui(kasus, putaran=1, waktu=T0)
    assert (old.status, old.riwayat[-1].kode) == (Status.DIPROSES, "disetujui_diabaikan")
    assert ikuti.ditolak(kasus, putaran=1, alasan="x", waktu=T0).status is Status.DIPROSES


def test_a_letter_without_an_approval_is_refused() -> None:
    with pytest.raises(TransisiSalah):
        ikuti.terbit(
            diproses(), putaran=1, surat=Surat(id="s1", tanggal=T0.date(), rilis="langsung", pada=T0)
        )


def test_officials_return_to_the_resident_or_to_the_kelurahan() -> None:
    warga = ikuti.dikembalikan(
        diproses(), SKDOM, putaran=1, target="warga", kekurangan=kekurangan("KK"), waktu=T0
    )
    assert warga.status is Status.DIPERBAIKI
    desk = ikuti.dikembalikan(diproses(), SKDOM, putaran=1, target="kelurahan", kekurangan=(), waktu=T0)
    assert (desk.status, tampilan.keterangan(desk)) == (Status.DIPROSES, ("sedang dilengkapi petugas",))
    refused = ikuti.ditolak(diproses(), putaran=1, alasan="bukan_warga", waktu=T0)
    assert (refused.status, refused.riwayat[-1].rincian) == (Status.DITOLAK, {"alasan": "bukan_warga"})


def test_what_the_kecamatan_sent_back_is_being_completed_until_it_is_there_again() -> None:
    points = kekurangan("KK")
    back = ikuti.dikembalikan(diproses(), SKDOM, putaran=1, target="kelurahan", kekurangan=points, waktu=T0)

    at_desk = ikuti.tugas_dibuat(back, putaran=1, kantor="3276011006")
    again = ikuti.tugas_dibuat(at_desk, putaran=1, kantor="327601")

    assert (at_desk.dilengkapi_petugas, at_desk.kekurangan_kantor) == (True, points)
    assert (again.dilengkapi_petugas, again.kekurangan_kantor) == (False, ())


def test_a_case_that_waits_too_long_expires() -> None:
    kasus = diajukan()
    assert kedaluwarsa(kasus, T0 + timedelta(days=13)) == (kasus, ())
    gone, facts = kedaluwarsa(kasus, T0 + timedelta(days=14))
    assert (gone.status, facts[0].data) == (
        Status.KEDALUWARSA,
        {"putaran": 1, "sebab": "kedaluwarsa", "waktu": "2026-01-29T03:00:00Z"},
    )


def test_a_case_survives_its_store_unchanged() -> None:
    waiver = Pembebasan(syarat="KK", kode="hilang", catatan="Ada surat", oleh=LOKET.id)
    issued = ikuti.terbit(
        ikuti.disetujui(diproses(), putaran=1, waktu=T0),
        putaran=1,
        surat=Surat(id="s", tanggal=T0.date(), rilis="langsung", pada=T0),
    )
    returned = ikuti.dikembalikan(
        diproses(), SKDOM, putaran=1, target="warga", kekurangan=kekurangan("KK", catatan="Gelap"), waktu=T0
    )
    for kasus in (buat_draf(), diajukan(SKTM), replace(issued, pembebasan=(waiver,)), returned):
        stored = json.loads(json.dumps(to_state(kasus)))
        assert from_state(stored) == kasus
        assert to_state(from_state({**stored, "kunci_baru": 1})) == stored


def test_a_draft_keeps_raw_answers_and_is_closed_once_filed() -> None:
    kasus = draf.ubah(buat_draf(), data={"rt": "salah", "rw": None}, hubungan=Hubungan.SATU_KK)
    assert (kasus.data["rt"], "rw" in kasus.data, kasus.hubungan) == ("salah", False, Hubungan.SATU_KK)
    with pytest.raises(TransisiSalah):
        draf.ubah(diajukan(), data={"rt": "1"})
    with pytest.raises(TransisiSalah):
        ajukan(diajukan(), konteks(), pelaku=WARGA, jalan={}, waktu=T0)
