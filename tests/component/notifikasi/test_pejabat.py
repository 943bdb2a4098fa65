"""What officials get at their own contact: digests, what cannot wait, who stands in, signatures that failed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.ids import new_id
from notifikasi.check import check
from support.kurir import Kurir
from support.neighbours import OFFICE, at, example
from support.smtp import MailServer

KECAMATAN = OFFICE[:6]
PEJABAT = {
    "kasi.depok": ("kasi", OFFICE, "Kepala Seksi Pelayanan Kelurahan Depok", None),
    "kasi2.depok": ("kasi", OFFICE, "Kepala Seksi Ekonomi Kelurahan Depok", "ekonomi"),
    "seklur.depok": ("seklur", OFFICE, "Sekretaris Kelurahan Depok", None),
    "lurah.depok": ("lurah", OFFICE, "Lurah Depok", None),
    "camat.pancoranmas": ("camat", KECAMATAN, "Camat Pancoran Mas", None),
    "lurah.mekarjaya": ("lurah", "3276051004", "Lurah Mekarjaya", None),
}


def _tercatat(kurir: Kurir, akun: str, **changes: Any) -> None:
    peran, kantor, jabatan, seksi = PEJABAT[akun]
    known = {"akun": akun, "peran": peran, "kantor": kantor, "jabatan": jabatan, "seksi": seksi} | changes
    data = example("persetujuan.pejabat.diubah", **known)
    kurir.near.say("persetujuan", akun, ("pejabat.diubah", data), scope="acuan")


@pytest.fixture(scope="module")
def surat_masuk() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def isi(tmp_path_factory: pytest.TempPathFactory, surat_masuk: MailServer) -> Iterator[Kurir]:
    """A courier that knows offices, officials and their addresses, on Thursday, 15 January 2026, 10.00 WIB."""
    folder = tmp_path_factory.mktemp("pejabat")
    with Kurir(folder, surat_masuk.url, pages_url="https://kelurahan.example") as kurir:
        at(kurir.app.clock, folder, "2026-01-15T03:00:00+00:00")
        kurir.kantor()
        for akun in PEJABAT:
            _tercatat(kurir, akun)
            contact = {"akun": akun, "jenis": "email", "nilai": f"{akun}@kota.example", "aktif": True}
            kurir.near.say("gateway", akun, ("kontak.dibagikan", contact), scope="acuan")
        kurir.quiet()
        yield kurir


@pytest.fixture
def dinas(isi: Kurir, surat_masuk: MailServer) -> Kurir:
    surat_masuk.received.clear()
    return isi


def _dapat(mail: MailServer) -> dict[str, str]:
    """What officials got by mail: address without its domain → words."""
    found = {}
    for message in mail.received:
        to, domain = str(message["To"]).split("@")
        body = message.get_payload(decode=True)
        assert isinstance(body, bytes)
        if domain == "kota.example":
            found[to] = f"{message['Subject']}\n{body.decode()}"
    return found


def _ringkasan(**changes: Any) -> dict[str, Any]:
    known = {"akun": "kasi.depok", "kantor": OFFICE, "waktu": "2026-01-15T01:00:00.000Z"}
    return example("persetujuan.tugas.diringkas", **(known | changes))


def _ringkas(kurir: Kurir, **changes: Any) -> None:
    subject = f"ringkasan.{OFFICE}.kasi.depok"
    kurir.near.say("persetujuan", subject, ("tugas.diringkas", _ringkasan(**changes)), scope="acuan")
    kurir.quiet()


def _baris(permohonan: str, **changes: Any) -> dict[str, Any]:
    row = dict(_ringkasan()["tugas"][0]) | {"permohonan": permohonan, "kelurahan": OFFICE, "tugas": new_id()}
    return {**row, "ditunggu": False} | changes


def test_a_digest_goes_to_the_official_alone_with_a_link_to_each_case(
    dinas: Kurir, surat_masuk: MailServer
) -> None:
    id = dinas.ajukan()
    dinas.quiet()
    rows = [_baris(id, ditunggu=True), _baris(id), _baris(id, jatuh_tempo="2026-01-14T09:00:00.000Z")]
    _ringkas(dinas, tugas=rows, menunggu=5, terlambat=1, ditunggu=1)

    ((to, text),) = _dapat(surat_masuk).items()
    assert to == "kasi.depok"
    assert text.startswith("5 permohonan menunggu keputusan Anda\n")
    assert "Terlambat: 1. Warganya menunggu di loket: 1." in text
    resi = dinas.kabar(id).nomor_resi
    due = "jatuh tempo Senin, 19 Januari 2026 pukul 16.00"
    assert f"- Surat Keterangan Domisili, nomor resi {resi}, {due}, warga menunggu: " in text
    assert f"https://kelurahan.example/tugas/{rows[1]['tugas']}" in text
    assert "pukul 16.00, terlambat: " in text
    assert "Dan 2 permohonan lain." in text
    assert "Rahmawati" not in text
    assert dinas.pesan("kasi.depok", "kasi", OFFICE) == []  # there his list shows the same
    topic = dinas.near.contracts.families["peristiwa"].topic(OFFICE).name
    assert {e.subject for e in dinas.near.heard(topic, "notifikasi")} <= set(_kasus(dinas))
    assert check(dinas.app)["wrong"] == []


def test_a_newer_digest_replaces_the_one_before(dinas: Kurir, surat_masuk: MailServer) -> None:
    for hour in ("01:30", "02:30"):
        _ringkas(dinas, waktu=f"2026-01-15T{hour}:00.000Z")

    assert len(surat_masuk.received) == 2
    found = dinas.app.kabar_pejabat.read("acuan", f"tugas.ringkasan.{OFFICE}.kasi.depok")
    assert found is not None
    assert list((found.state or {})["janji"]) == ["ringkasan.2026-01-15T023000.000Z"]
    assert check(dinas.app)["wrong"] == []


@pytest.mark.parametrize("waktu", ["2026-01-14T06:00:00.000Z", "2026-01-16T01:00:00.000Z"])
def test_a_digest_of_another_day_is_no_news(dinas: Kurir, surat_masuk: MailServer, waktu: str) -> None:
    _ringkas(dinas, waktu=waktu)

    assert surat_masuk.received == []


def test_what_cannot_wait_reaches_each_official_of_the_section_at_once(
    dinas: Kurir, surat_masuk: MailServer
) -> None:
    id, task = dinas.ajukan(), new_id()
    dinas.say("persetujuan", id, "tugas.ditunggu", kantor=OFFICE, tugas=task, seksi="pemerintahan")
    dinas.quiet()

    ((to, text),) = _dapat(surat_masuk).items()
    assert to == "kasi.depok"
    assert text.startswith("Warga menunggu di loket\n")
    assert f"https://kelurahan.example/tugas/{task}" in text
    assert f"<{id}.ditunggu.{task}.kasi.depok@kelurahan.example>" in surat_masuk.ids
    assert dinas.janji(id, f"ditunggu.{task}").saluran == {
        "aplikasi": "terkirim",
        "luar:kasi.depok": "terkirim",
    }
    assert dinas.near.told("notifikasi", id).count("pesan.terkirim") == 3  # his own ways are told to nobody


def test_a_late_task_and_its_escalation_reach_those_officials_and_nobody_else(
    dinas: Kurir, surat_masuk: MailServer
) -> None:
    id = dinas.ajukan()
    dinas.say("persetujuan", id, "tenggat.didekati", kantor=OFFICE)
    dinas.say("persetujuan", id, "tenggat.terlewati", kantor=OFFICE, seksi="ekonomi")
    dinas.say("persetujuan", id, "tugas.dieskalasi", kantor=OFFICE, kepada_kantor=OFFICE)
    dinas.quiet()

    heads = {to: text.partition("\n")[0] for to, text in _dapat(surat_masuk).items()}
    assert heads == {
        "kasi.depok": "Permohonan ini terlambat",
        "kasi2.depok": "Permohonan ini terlambat",
        "seklur.depok": "Permohonan terlambat di bawah Anda",
    }


def test_who_stands_in_hears_what_the_lurah_hears(dinas: Kurir, surat_masuk: MailServer) -> None:
    post = {"cara": "plh", "untuk": "Lurah Depok", "peran": "lurah", "kantor": OFFICE}
    _tercatat(dinas, "seklur.depok", wewenang=post)
    id = dinas.ajukan()
    dinas.say("persetujuan", id, "tugas.ditunggu", kantor=OFFICE, peran="lurah")
    dinas.quiet()

    assert set(_dapat(surat_masuk)) == {"lurah.depok", "seklur.depok"}
    seen = [r["langkah"] for r in dinas.pesan("seklur.depok", "seklur", OFFICE) if r["permohonan"] == id]
    assert seen == ["ditunggu"]
    _tercatat(dinas, "seklur.depok", wewenang=None)
    dinas.quiet()
    assert [r for r in dinas.pesan("seklur.depok", "seklur", OFFICE) if r["permohonan"] == id] == []


def test_an_official_without_an_address_finds_it_in_the_application(
    dinas: Kurir, surat_masuk: MailServer
) -> None:
    none = {"akun": "lurah.mekarjaya", "jenis": "tidak_ada", "nilai": None, "aktif": True}
    dinas.near.say("gateway", "lurah.mekarjaya", ("kontak.dibagikan", none), scope="acuan")
    id, task = dinas.ajukan(), new_id()
    dinas.say("persetujuan", id, "tugas.ditunggu", kantor="3276051004", peran="lurah", tugas=task)
    dinas.say("persetujuan", id, "tugas.ditunggu", kantor="3276051099", peran="lurah", tugas=id)
    dinas.quiet()

    assert _dapat(surat_masuk) == {}
    ways = dinas.janji(id, f"ditunggu.{task}").saluran
    assert ways == {"aplikasi": "terkirim", "luar:lurah.mekarjaya": "lewat"}
    assert dinas.janji(id, f"ditunggu.{id}").saluran == {"aplikasi": "terkirim", "luar": "lewat"}


def _kasus(kurir: Kurir) -> list[str]:
    return [doc.id for doc in kurir.app.documents.find("kabar", {}, limit=500)]


def _delegasi(kurir: Kurir, id: str, **changes: Any) -> None:
    known = {"delegasi": id, "akun": "seklur.depok", "kantor": OFFICE, "untuk": "Lurah Depok"}
    told = example("persetujuan.delegasi.diubah", **(known | changes))
    kurir.near.say("persetujuan", id, ("delegasi.diubah", told), scope="acuan")
    kurir.quiet()


@pytest.mark.parametrize(
    ("changes", "mendengar"),
    [
        ({"oleh_peran": "admin_kecamatan"}, {"seklur.depok", "lurah.depok", "camat.pancoranmas"}),
        ({"oleh_peran": "lurah"}, {"seklur.depok", "camat.pancoranmas"}),
        (
            {"peran": "camat", "kantor": KECAMATAN, "oleh_peran": "operator"},
            {"seklur.depok", "camat.pancoranmas"},
        ),
        ({"peran": "camat", "kantor": KECAMATAN, "oleh_peran": "camat"}, {"seklur.depok"}),
    ],
)
def test_an_order_to_stand_in_is_told_to_the_deputy_and_those_whom_it_concerns(
    dinas: Kurir, surat_masuk: MailServer, changes: dict[str, Any], mendengar: set[str]
) -> None:
    id = new_id()
    _delegasi(dinas, id, **changes)
    assert set(_dapat(surat_masuk)) == mendengar
    text = _dapat(surat_masuk)["seklur.depok"]
    assert text.startswith("Plh. Lurah Depok\nSekretaris Kelurahan Depok bertugas sebagai Plh. Lurah Depok")
    assert "dari Kamis, 15 Januari 2026 sampai Jumat, 16 Januari 2026. Dasar: 800/12-UMUM/2026." in text
    surat_masuk.received.clear()

    _delegasi(dinas, id, dicabut=True, **changes)

    assert set(_dapat(surat_masuk)) == mendengar
    assert "tidak lagi bertugas" in _dapat(surat_masuk)["seklur.depok"]


def test_whose_signature_failed_hears_it_beside_the_counter(dinas: Kurir, surat_masuk: MailServer) -> None:
    id = dinas.ajukan()
    held = {"alasan": "tanda_tangan_gagal", "peran": "lurah", "kantor": OFFICE}
    dinas.say("dokumen", id, "surat.ditahan", **held)
    dinas.quiet()

    ((to, text),) = _dapat(surat_masuk).items()
    assert (to, text.partition("\n")[0]) == ("lurah.depok", "Surat belum tertanda tangan")
    counter = [r for r in dinas.pesan("loket.depok", "petugas_loket", OFFICE) if r["permohonan"] == id]
    assert [r["langkah"] for r in counter] == ["surat_tertahan"]


def test_a_letter_that_is_held_for_its_data_is_no_matter_of_the_signer(
    dinas: Kurir, surat_masuk: MailServer
) -> None:
    id = dinas.ajukan()
    dinas.say("dokumen", id, "surat.ditahan")
    dinas.quiet()

    assert _dapat(surat_masuk) == {}


def test_a_digest_that_nobody_confirmed_is_not_sent_twice(tmp_path: Path) -> None:
    with MailServer() as mail, Kurir(tmp_path, mail.url) as kurir:
        at(kurir.app.clock, tmp_path, "2026-01-15T03:00:00+00:00")
        contact = {"akun": "kasi.depok", "jenis": "email", "nilai": "kasi@kota.example", "aktif": True}
        kurir.near.say("gateway", "kasi.depok", ("kontak.dibagikan", contact), scope="acuan")
        mail.hang_up = 1
        _ringkas(kurir)

        assert len(mail.received) == 1
        (doc,) = kurir.app.documents.find("kabar_pejabat", {})
        assert (doc.scope, doc.id) == ("acuan", f"tugas.ringkasan.{OFFICE}.kasi.depok")
        (promise,) = doc.body["state"]["janji"].values()
        assert promise["saluran"] == {"luar:kasi.depok": "tak_pasti"}
        assert check(kurir.app)["wrong"] == []
