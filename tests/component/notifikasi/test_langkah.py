"""A message at each step of R19, on the real log, into the folder and the applicant's inbox."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from support.kurir import SUREL, Kurir
from support.neighbours import OFFICE, example

SURAT = "019900c1-0000-7000-8000-0000000000c1"


def test_an_application_that_was_filed_is_acknowledged(kurir: Kurir) -> None:
    kurir.kantor()
    id = kurir.ajukan()
    kurir.quiet()

    text = kurir.berkas(id)["diterima.1"]
    assert text.startswith(f"Kepada: {SUREL}\nJudul: Permohonan Anda sudah kami terima\n")
    assert f"Message-ID: <{id}.diterima.1@kelurahan.example>" in text
    assert "Surat Keterangan Domisili, nomor resi" in text
    assert "Kelurahan Depok" in text
    assert [row["langkah"] for row in kurir.pesan()] == ["diterima"]
    assert kurir.near.told("notifikasi", id) == ["pesan.terkirim", "pesan.terkirim"]


def test_who_was_moved_hears_where_it_goes_on_and_its_new_receipt(kurir: Kurir) -> None:
    kurir.kantor()
    id = new_id()
    came = {"kantor": "3276011008", "permohonan": new_id()}
    kurir.say("pengajuan", id, "permohonan.diajukan", pindah_dari=came)
    kurir.pribadi(id)
    kurir.quiet()

    told = kurir.berkas(id)
    assert list(told) == ["dipindah.1"]
    assert "dilanjutkan Kelurahan Depok" in told["dipindah.1"]
    assert "Nomor resi baru: " in told["dipindah.1"]


def test_the_message_waits_for_the_personal_half(kurir: Kurir) -> None:
    id = new_id()
    kurir.say("pengajuan", id, "permohonan.diajukan")
    kurir.quiet()
    assert kurir.berkas(id) == {}

    kurir.pribadi(id)
    kurir.quiet()

    assert list(kurir.berkas(id)) == ["diterima.1"]


def test_complete_names_the_date_due_of_the_last_part(kurir: Kurir) -> None:
    id = kurir.ajukan()
    for part, due in (("kelurahan", "2026-01-19T09:00:00.000Z"), ("kecamatan", "2026-01-20T09:00:00.000Z")):
        kurir.say("persetujuan", id, "tenggat.ditetapkan", bagian=part, jatuh_tempo=due)
    kurir.say("persetujuan", id, "tugas.dibuat", kantor=OFFICE)
    kurir.quiet()

    assert "paling lambat selesai Selasa, 20 Januari 2026 pukul 16.00" in kurir.berkas(id)["lengkap.1"]


def test_a_task_is_no_message_of_its_own_and_only_the_first_of_a_round_tells_the_applicant(
    kurir: Kurir,
) -> None:
    id = kurir.ajukan()
    first, second = new_id(), new_id()
    kurir.say("persetujuan", id, "tugas.dibuat", kantor=OFFICE, tugas=first)
    kurir.say("persetujuan", id, "tugas.dibuat", kantor=OFFICE, tugas=second, peran="lurah")
    kurir.quiet()

    assert list(kurir.berkas(id)) == ["diterima.1", "lengkap.1"]
    assert kurir.pesan("lurah.depok", "lurah", OFFICE) == []


def test_the_words_of_a_return_are_in_the_message_even_when_they_come_later(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("pengajuan", id, "permohonan.dikembalikan")
    kurir.say("pengajuan", id, "catatan.dibagikan")
    kurir.quiet()

    assert "- Foto kartu keluarga kurang jelas." in kurir.berkas(id)["kurang.1"]


def test_words_of_another_decision_are_not_repeated(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("persetujuan", id, "catatan.dibagikan")
    kurir.say("persetujuan", id, "permohonan.ditolak", alasan="bukan_warga_wilayah")
    kurir.quiet()

    text = kurir.berkas(id)["ditolak.1"]
    assert "Penghasilan" not in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("source", "name", "changes", "key"),
    [
        ("persetujuan", "permohonan.dikembalikan", {"target": "warga"}, "dikembalikan.1"),
        ("dokumen", "surat.diterbitkan", {}, f"siap.{SURAT}"),
        ("dokumen", "surat.diserahkan", {}, f"diserahkan.{SURAT}"),
        ("dokumen", "surat.dicabut", {}, f"dicabut.{SURAT}"),
        ("pengajuan", "permohonan.ditutup", {"sebab": "kedaluwarsa"}, "kedaluwarsa.1"),
        ("pengajuan", "permohonan.dibatalkan", {}, "dibatalkan.1"),
        ("dokumen", "pembatalan.ditolak", {}, "batal_ditolak.1"),
    ],
)
def test_the_applicant_hears_of_each_step(
    kurir: Kurir, source: str, name: str, changes: dict[str, Any], key: str
) -> None:
    id = kurir.ajukan()
    kurir.say(source, id, name, **changes)
    kurir.quiet()

    assert key in kurir.berkas(id)


def test_what_is_no_news_for_the_applicant_is_not_told(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("persetujuan", id, "permohonan.dikembalikan", target="kelurahan")
    kurir.say("pengajuan", id, "permohonan.ditutup", sebab="dipindah")
    kurir.quiet()

    assert list(kurir.berkas(id)) == ["diterima.1"]


def test_no_message_holds_a_name_or_a_number_of_the_applicant(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("dokumen", id, "surat.diterbitkan")
    kurir.quiet()

    said = "".join(kurir.berkas(id).values()) + str(kurir.pesan())
    assert "Rahmawati" not in said
    assert "3276055203959001" not in said


def test_trouble_with_a_case_reaches_counter_and_operator(kurir: Kurir) -> None:
    id = kurir.ajukan()
    notice = new_id()
    told = example("persetujuan.penanganan.tertahan", service="persetujuan", id=id)
    kurir.near.say("persetujuan", notice, ("penanganan.tertahan", told))
    kurir.quiet()

    assert "tertahan" in [row["langkah"] for row in kurir.pesan("loket.depok", "petugas_loket", OFFICE)]
    assert [row["langkah"] for row in kurir.pesan("operator", "operator", "3276")] == ["tertahan"]


def test_an_erased_contact_gets_no_further_message(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.quiet()
    kurir.near.say("pengajuan", id, ("pemohon.dibagikan", None))
    kurir.say("dokumen", id, "surat.dicabut")
    kurir.quiet()

    assert list(kurir.berkas(id)) == ["diterima.1"]


def test_the_lurah_hears_of_an_original_that_did_not_fit(kurir: Kurir) -> None:
    kurir.kantor()
    id = kurir.ajukan()
    kurir.say("dokumen", id, "surat.dicabut", alasan="asli_tidak_sesuai")
    kurir.quiet()

    told = kurir.pesan("lurah.depok", "lurah", OFFICE)
    assert [row["langkah"] for row in told] == ["asli_tidak_sesuai"]
    assert "dicabut" in [row["langkah"] for row in kurir.pesan()]


def test_a_late_task_is_told_to_its_officials_and_the_counter(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("persetujuan", id, "tenggat.didekati", kantor=OFFICE)
    kurir.say("persetujuan", id, "tenggat.terlewati", kantor=OFFICE)
    kurir.quiet()

    told = kurir.pesan("kasi.depok", "kasi", OFFICE)
    assert [row["langkah"] for row in told] == ["terlambat", "dekat"]
    assert "Senin, 19 Januari 2026 pukul 16.00" in told[0]["isi"]
    assert [row["langkah"] for row in kurir.pesan("loket.depok", "petugas_loket", OFFICE)] == [
        "terlambat_loket"
    ]


def test_an_escalation_reaches_the_role_above_and_says_who_still_decides(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("persetujuan", id, "tugas.dieskalasi", kantor=OFFICE, kepada_kantor=OFFICE)
    kurir.quiet()

    (told,) = kurir.pesan("seklur.depok", "seklur", OFFICE)
    assert told["langkah"] == "eskalasi"
    assert "tetap pejabat itu sendiri" in told["isi"]
    assert kurir.pesan("kasi.depok", "kasi", OFFICE) == []


def test_that_somebody_waits_at_the_counter_reaches_the_official_at_once(kurir: Kurir) -> None:
    id = kurir.ajukan()
    kurir.say("persetujuan", id, "tugas.ditunggu", kantor=OFFICE)
    kurir.say("persetujuan", id, "tugas.dibuat", kantor=OFFICE, tugas=new_id(), peran="lurah", ditunggu=True)
    kurir.quiet()

    for official in ("kasi", "lurah"):
        (told,) = kurir.pesan(f"{official}.depok", official, OFFICE)
        assert told["judul"] == "Warga menunggu di loket"
