"""The way of a case, step by step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pengajuan.domain import draf, tampilan
from pengajuan.domain.ajukan import ajukan
from pengajuan.domain.errors import FormulirSalah, TransisiSalah
from pengajuan.domain.events import Fakta, Keluarga
from pengajuan.domain.kelengkapan import putaran_berkas
from pengajuan.domain.perbaiki import perbaiki
from pengajuan.domain.periksa import kembalikan, lengkap
from pengajuan.domain.permohonan import (
    Cara,
    Hubungan,
    JalanSyarat,
    Kekurangan,
    Pelaku,
    Pembebasan,
    Pemohon,
)
from pengajuan.domain.status import Status
from pengajuan.domain.terima_berkas import terima, tolak
from support.permohonan import (
    LOKET,
    SKDOM,
    SKTM,
    T0,
    WAJIB,
    WARGA,
    berkas,
    buat_draf,
    diajukan,
    dilihat,
    kekurangan,
    konteks,
    semua_berkas,
)


def isi(fakta: Fakta) -> Mapping[str, Any]:
    assert fakta.data is not None
    return fakta.data


def test_filing_announces_codes_and_shares_the_personal_half_apart() -> None:
    kasus, facts = ajukan(buat_draf(), konteks(), pelaku=WARGA, jalan={}, waktu=T0)
    assert kasus.status is Status.MENUNGGU_BERKAS
    assert [f.nama for f in facts] == ["permohonan.diajukan", "pemohon.dibagikan"]
    assert isi(facts[0])["syarat"] == [{"kode": k, "cara": "unggah"} for k in WAJIB]
    assert facts[1].keluarga is Keluarga.PRIBADI
    assert isi(facts[1])["subjek"] == [
        {"nama": "Sari Contohwati", "nik": "3276015203959001", "kk": "3276011203189002"}
    ]
    assert kasus.pemohon == Pemohon(nama="Sari Contohwati", nik="3276015203959001", akun=WARGA.id)
    assert kasus.lengkapi_sampai == T0 + timedelta(days=14)


def test_a_wrong_form_is_refused_with_all_its_errors_and_changes_nothing() -> None:
    with pytest.raises(FormulirSalah) as caught:
        ajukan(
            buat_draf(hubungan=Hubungan.ORANG_LAIN, nik="1", rt=None),
            konteks(),
            pelaku=WARGA,
            jalan={"KTP": JalanSyarat(cara=Cara.TIDAK_PUNYA), "PASPOR": JalanSyarat(cara=Cara.UNGGAH)},
            waktu=T0,
        )
    pointers = {e.pointer for e in caught.value.kesalahan}
    assert pointers == {
        "/jawaban/nik",
        "/jawaban/rt",
        "/pemohon/nama",
        "/pemohon/nik",
        "/syarat/KTP/alasan",
        "/syarat/PASPOR",
    }


def test_filing_for_somebody_else_needs_a_power_of_attorney() -> None:
    case = draf.ubah(
        buat_draf(hubungan=Hubungan.ORANG_LAIN),
        pemohon=Pemohon(nama="Tono Umpama", nik="3276010101709006", akun=WARGA.id),
    )
    kasus, facts = ajukan(case, konteks(), pelaku=WARGA, jalan={}, waktu=T0)
    assert "SURAT_KUASA" in {s["kode"] for s in isi(facts[0])["syarat"]}
    assert kasus.pemohon.nama == "Tono Umpama"
    assert kasus.subjek[0].nama == "Sari Contohwati"


def test_a_family_member_is_a_subject_and_may_lack_a_nik() -> None:
    kasus, _ = ajukan(buat_draf(SKTM, untuk_nik=None), konteks(SKTM), pelaku=WARGA, jalan={}, waktu=T0)
    assert [(s.nama, s.nik is None) for s in kasus.subjek] == [
        ("Budi Misalnya", False),
        ("Rani Misalnya", True),
    ]


def test_the_last_mandatory_paper_brings_the_case_to_the_counter() -> None:
    kasus = diajukan()
    for kode in WAJIB[:2]:
        kasus, facts = terima(kasus, SKDOM, berkas=berkas(kode), batas={})
        assert (kasus.status, facts) == (Status.MENUNGGU_BERKAS, ())
    kasus, facts = terima(kasus, SKDOM, berkas=berkas("KK"), batas={})
    assert kasus.status is Status.DIPERIKSA
    assert [f.nama for f in facts] == ["permohonan.siap_diperiksa"]
    assert terima(kasus, SKDOM, berkas=berkas("KK"), batas={}) == (kasus, ())


def test_papers_for_the_counter_are_waited_for_until_they_are_scanned() -> None:
    jalan = {
        "KTP": JalanSyarat(cara=Cara.LOKET),
        "KK": JalanSyarat(cara=Cara.TIDAK_PUNYA, alasan="Hilang karena banjir"),
        "PENGANTAR_RT_RW": JalanSyarat(cara=Cara.LOKET),
    }
    kasus, _ = ajukan(buat_draf(), konteks(), pelaku=WARGA, jalan=jalan, waktu=T0)
    assert kasus.status is Status.MENUNGGU_BERKAS
    kasus, facts = terima(kasus, SKDOM, berkas=berkas("KTP"), batas={})
    assert (kasus.status, facts) == (Status.MENUNGGU_BERKAS, ())
    kasus, facts = terima(kasus, SKDOM, berkas=berkas("PENGANTAR_RT_RW"), batas={})
    assert kasus.status is Status.DIPERIKSA


def test_papers_said_missing_do_not_hold_up_the_check() -> None:
    missing = JalanSyarat(cara=Cara.TIDAK_PUNYA, alasan="Hilang karena banjir")
    jalan = dict.fromkeys(WAJIB, missing)
    kasus, facts = ajukan(buat_draf(), konteks(), pelaku=WARGA, jalan=jalan, waktu=T0)
    assert kasus.status is Status.DIPERIKSA
    assert facts[-1].nama == "permohonan.siap_diperiksa"
    assert "banjir" not in json.dumps(facts[0].data)


def test_papers_that_come_before_filing_count() -> None:
    kasus, facts = ajukan(semua_berkas(buat_draf()), konteks(), pelaku=WARGA, jalan={}, waktu=T0)
    assert kasus.status is Status.DIPERIKSA
    assert len(facts) == 3


def test_a_refused_paper_leaves_its_slot_open() -> None:
    kasus, facts = tolak(diajukan(), berkas_id="b1", syarat="KTP", alasan="tidak_terbuka", waktu=T0)
    assert (kasus.status, facts) == (Status.MENUNGGU_BERKAS, ())
    assert kasus.riwayat[-1].rincian == {"syarat": "KTP", "berkas": "b1", "alasan": "tidak_terbuka"}


def test_complete_records_the_drafter_and_a_hash_of_what_is_decided() -> None:
    kasus = semua_berkas(diajukan())
    moved, facts = lengkap(kasus, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), waktu=T0, batas={})
    assert moved.status is Status.DIPROSES
    assert moved.lengkap is not None
    data = isi(facts[0])
    assert (data["konseptor"], data["hash"], data["putaran"]) == (LOKET.id, moved.lengkap.hash, 1)
    assert [b["syarat"] for b in data["berkas"]] == list(WAJIB)
    other = replace(kasus, data={**kasus.data, "rt": "009"})
    again, _ = lengkap(other, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), waktu=T0, batas={})
    assert again.lengkap is not None
    assert again.lengkap.hash != moved.lengkap.hash


@pytest.mark.parametrize(
    "pelaku", [WARGA, Pelaku(id="0197-lurah", peran="lurah"), Pelaku(id="0197-kasi", peran="kasi")]
)
def test_only_a_counter_clerk_can_say_complete(pelaku: Pelaku) -> None:
    kasus = semua_berkas(diajukan())
    with pytest.raises(TransisiSalah) as caught:
        lengkap(kasus, SKDOM, pelaku=pelaku, dilihat=dilihat(kasus), waktu=T0, batas={})
    assert caught.value.slug == "bukan-petugas-loket"


def test_a_clerk_cannot_check_his_own_case() -> None:
    kasus = semua_berkas(diajukan())
    with pytest.raises(TransisiSalah) as caught:
        lengkap(kasus, SKDOM, pelaku=replace(LOKET, id=WARGA.id), dilihat=dilihat(kasus), waktu=T0, batas={})
    assert caught.value.slug == "permohonan-sendiri"


def test_a_paper_that_the_clerk_did_not_open_or_that_changed_stops_complete() -> None:
    kasus = semua_berkas(diajukan())
    for seen in ({}, {**dilihat(kasus), berkas("KTP").id: "f" * 64}):
        with pytest.raises(TransisiSalah) as caught:
            lengkap(kasus, SKDOM, pelaku=LOKET, dilihat=seen, waktu=T0, batas={})
        assert caught.value.slug == "berkas-belum-dilihat"


def test_without_a_paper_only_a_reasoned_waiver_makes_complete() -> None:
    kasus = diajukan(tanpa_semua=True)
    for kode in WAJIB[:2]:
        kasus, _ = terima(kasus, SKDOM, berkas=berkas(kode), batas={})
    with pytest.raises(TransisiSalah) as caught:
        lengkap(kasus, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), waktu=T0, batas={})
    assert (caught.value.slug, "Kartu Keluarga" in caught.value.pesan) == ("berkas-belum-lengkap", True)
    waiver = Pembebasan(
        syarat="KK", kode="terbakar_banjir", catatan="KK rusak, ada surat polisi", oleh=LOKET.id
    )
    for bad in (replace(waiver, catatan=" "), replace(waiver, kode="x"), replace(waiver, syarat="PASPOR")):
        with pytest.raises(TransisiSalah):
            lengkap(kasus, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), pembebasan=(bad,), waktu=T0, batas={})
    moved, facts = lengkap(
        kasus, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), pembebasan=(waiver,), waktu=T0, batas={}
    )
    assert moved.status is Status.DIPROSES
    assert [f.nama for f in facts] == ["permohonan.dinyatakan_lengkap", "pemohon.dibagikan"]
    assert "polisi" not in json.dumps(facts[0].data)


def test_one_list_goes_back_and_its_words_travel_apart() -> None:
    points = (
        *kekurangan("KTP", catatan="Foto gelap"),
        Kekurangan(jenis="medan", kode="rt", alasan="isian_salah"),
    )
    kasus, facts = kembalikan(
        semua_berkas(diajukan()), SKDOM, pelaku=LOKET, kekurangan=points, waktu=T0, batas={}
    )
    assert (kasus.status, kasus.putaran) == (Status.DIPERBAIKI, 1)
    assert facts[0].data == {
        "putaran": 1,
        "target": "warga",
        "kekurangan": [
            {"jenis": "syarat", "kode": "KTP", "alasan": "buram"},
            {"jenis": "medan", "kode": "rt", "alasan": "isian_salah"},
        ],
        "waktu": "2026-01-15T03:00:00Z",
    }
    assert facts[1].keluarga is Keluarga.PRIBADI
    assert tampilan.kata(kasus) == "Perlu diperbaiki"


@pytest.mark.parametrize(
    ("points", "slug"),
    [
        ((), "daftar-kosong"),
        (kekurangan("PASPOR"), "daftar-tak-dikenal"),
        ((Kekurangan(jenis="medan", kode="warna", alasan="buram"),), "daftar-tak-dikenal"),
        ((Kekurangan(jenis="syarat", kode="rt", alasan="buram"),), "daftar-tak-dikenal"),
        (kekurangan("KTP", "KTP"), "daftar-berulang"),
        ((Kekurangan(jenis="syarat", kode="KTP", alasan="jelek"),), "kode-tak-dikenal"),
    ],
)
def test_a_list_must_name_papers_or_fields_of_this_case(points: tuple[Kekurangan, ...], slug: str) -> None:
    with pytest.raises(TransisiSalah) as caught:
        kembalikan(semua_berkas(diajukan()), SKDOM, pelaku=LOKET, kekurangan=points, waktu=T0, batas={})
    assert caught.value.slug == slug


def test_a_correction_starts_the_next_round_and_waits_for_the_new_paper() -> None:
    kasus, _ = kembalikan(
        semua_berkas(diajukan()), SKDOM, pelaku=LOKET, kekurangan=kekurangan("KTP"), waktu=T0, batas={}
    )
    waits, facts = perbaiki(kasus, konteks(), pelaku=WARGA, data={}, jalan={}, waktu=T0)
    assert (waits.status, waits.putaran) == (Status.MENUNGGU_BERKAS, 2)
    assert [f.nama for f in facts] == ["permohonan.diperbaiki", "pemohon.dibagikan"]
    late, _ = terima(waits, SKDOM, berkas=berkas("KTP", putaran=1, n=2), batas={})
    assert (late.status, late.riwayat[-1].kode) == (Status.MENUNGGU_BERKAS, "berkas_diabaikan")
    ready, facts = terima(waits, SKDOM, berkas=berkas("KTP", putaran=2), batas={})
    assert (ready.status, isi(facts[0])["putaran"]) == (Status.DIPERIKSA, 2)
    seen = {b.id: b.sha256 for b in ready.berkas if b.putaran == 1}
    with pytest.raises(TransisiSalah):
        lengkap(ready, SKDOM, pelaku=LOKET, dilihat=seen, waktu=T0, batas={})
    done, facts = lengkap(ready, SKDOM, pelaku=LOKET, dilihat=dilihat(ready), waktu=T0, batas={})
    assert {b["id"] for b in isi(facts[0])["berkas"]} == {
        berkas("PENGANTAR_RT_RW").id,
        berkas("KTP", putaran=2).id,
        berkas("KK").id,
    }
    assert done.kekurangan == ()


def test_a_paper_sent_with_an_old_grant_while_correcting_answers_the_list() -> None:
    kasus, _ = kembalikan(
        semua_berkas(diajukan()), SKDOM, pelaku=LOKET, kekurangan=kekurangan("KTP"), waktu=T0, batas={}
    )
    kasus, _ = terima(kasus, SKDOM, berkas=berkas("KTP", putaran=1, n=2), batas={})
    assert perbaiki(kasus, konteks(), pelaku=WARGA, data={}, jalan={}, waktu=T0)[0].status is Status.DIPERIKSA


def test_a_paper_sent_before_pressing_send_belongs_to_the_next_round() -> None:
    kasus, _ = kembalikan(
        semua_berkas(diajukan()), SKDOM, pelaku=LOKET, kekurangan=kekurangan("KTP"), waktu=T0, batas={}
    )
    assert putaran_berkas(kasus) == 2
    kasus, _ = terima(kasus, SKDOM, berkas=berkas("KTP", putaran=2), batas={})
    kasus, facts = perbaiki(kasus, konteks(), pelaku=WARGA, data={"rt": "7"}, jalan={}, waktu=T0)
    assert (kasus.status, kasus.data["rt"]) == (Status.DIPERIKSA, "007")
    assert facts[-1].nama == "permohonan.siap_diperiksa"
