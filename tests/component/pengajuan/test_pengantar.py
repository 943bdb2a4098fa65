"""RT and RW confirm by link (R9), through the API: asked, shown, answered once, told to nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from notifikasi.adapters import tautan as notifikasi
from pengajuan.adapters import tautan
from pengajuan.adapters.tautan import Tautan
from support import jam
from support.loket import KODE, Layanan, bersih
from support.rt_rw import nyalakan
from support.rt_rw import tautan as buka
from support.waiting import until
from web.pseudonyms import Pseudonyms


@pytest.fixture
def kantor(layanan: Layanan) -> Layanan:
    return nyalakan(layanan)


def minta(layanan: Layanan, id: str, **body: Any) -> Any:
    return layanan.post(f"/v1/permohonan/{id}/pengantar", layanan.warga(), body)


def lihat(layanan: Layanan, link: str) -> Any:
    return layanan.client.post("/v1/pengantar/lihat", json={"tautan": link})


def jawab(layanan: Layanan, link: str, jawaban: str = "benar", key: str | None = None) -> Any:
    return layanan.post("/v1/pengantar/jawab", {}, {"tautan": link, "jawaban": jawaban}, key)


def test_rt_and_rw_see_four_things_and_their_yes_takes_the_place_of_the_paper(
    kantor: Layanan, pekerja: None
) -> None:
    id = kantor.ajukan()["id"]
    for paper in ("KTP", "KK"):
        kantor.tell("dokumen", "berkas.diterima", id, bersih(id, paper))
    until(lambda: sum(bool(s["berkas"]) for s in kantor.kasus(id)["syarat"]) == 2)
    asked = minta(kantor, id)
    assert asked.status_code == 200, asked.text
    assert asked.get_json()["pengantar"]["keadaan"] == "menunggu_rt"

    shown = lihat(kantor, buka(kantor, id, 1)).get_json()
    assert shown.keys() == {
        *("pihak", "rt", "rw", "nama", "alamat", "layanan", "keperluan", "kantor", "sampai"),
    }
    assert (shown["nama"], shown["rt"], shown["keperluan"]) == (
        "Sari Contohwati",
        "003",
        "Membuka rekening atau urusan bank",
    )
    assert "3276015203959001" not in json.dumps(shown)

    assert jawab(kantor, buka(kantor, id, 1), key="kunci-rt-1").status_code == 200
    assert jawab(kantor, buka(kantor, id, 1), key="kunci-rt-1").status_code == 200  # the same answer again
    assert jawab(kantor, buka(kantor, id, 1)).status_code == 404
    assert lihat(kantor, buka(kantor, id, 1)).status_code == 404
    assert jawab(kantor, buka(kantor, id, 2)).status_code == 200

    case = kantor.kasus(id)
    assert (case["status"], case["pengantar"]["keadaan"]) == ("diperiksa", "terbit")
    assert case["pengantar"]["nomor"] == case["jawaban"]["pengantar_nomor"] == f"RTRW-{case['nomor_resi']}"
    assert case["pengantar"]["oleh"] == ["Ketua Contoh 003", "Ketua Contoh RW"]
    receipts = {"tanda_lihat": [kantor.tanda(id, paper) for paper in ("KTP", "KK")]}
    done = kantor.post(f"/v1/permohonan/{id}/periksa", kantor.loket(), {"hasil": "lengkap", **receipts})
    assert done.status_code == 200, done.text
    until(lambda: "pengantar.diterbitkan" in kantor.told(id))
    assert [n for n in kantor.told(id) if n.startswith("pengantar")] == [
        *("pengantar.diminta", "pengantar.diminta", "pengantar.diterbitkan"),
    ]


def test_no_stream_and_no_store_holds_a_link(kantor: Layanan, pekerja: None) -> None:
    id = kantor.ajukan()["id"]
    minta(kantor, id)
    until(lambda: "pengantar.dibagikan" in kantor.told(id, "pribadi"))

    link = buka(kantor, id, 1)
    kept = [r.value or b"" for family in ("peristiwa", "pribadi") for r in kantor.log(family)]
    doc = kantor.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    assert link[-20:] not in b"".join(kept).decode() + json.dumps(doc.body)
    assert "5550" not in "".join((r.value or b"").decode() for r in kantor.log())


def test_pengajuan_and_notifikasi_derive_the_same_link(layanan: Layanan) -> None:
    id = layanan.ajukan()["id"]
    secret = Pseudonyms(layanan.keys)

    assert Tautan(secret).untuk(id, 3) == notifikasi.Tautan(secret).untuk(id, "3")
    assert tautan.baca(Tautan(secret).untuk(id, 3)) == (id, Tautan(secret).sidik(id, 3))


@pytest.mark.parametrize("link", ["x" * 43, "a" * 20, "!" * 43])
def test_what_is_no_link_is_told_like_one_that_is_over(kantor: Layanan, link: str) -> None:
    answer = lihat(kantor, link)

    assert (answer.status_code, answer.get_json()["type"].rsplit(":", 1)[-1]) == (404, "tautan-tidak-berlaku")


def test_an_office_that_has_not_switched_it_on_takes_paper(layanan: Layanan) -> None:
    id = layanan.ajukan()["id"]

    assert layanan.kasus(id)["pengantar"] is None
    assert minta(layanan, id).status_code == 409


def test_the_register_is_the_office_s_own_and_every_look_is_written_down(kantor: Layanan) -> None:
    other = kantor.loket("loket.lain", "3276011007")
    path = f"/v1/kantor/{KODE}/pengurus"

    assert kantor.get(path, other).status_code == 403
    found = kantor.get(path, kantor.loket()).get_json()["isi"]
    assert [(p["id"], p["telepon"]) for p in found] == [
        ("rw008", "+6281255500108"),
        ("rw008-rt003", "+6281255500103"),
    ]
    assert kantor.client.delete(f"{path}/rw008", headers=kantor.loket()).status_code == 204
    assert minta(kantor, kantor.ajukan()["id"]).status_code == 409
    acts = [doc.body["action"] for doc in kantor.app.chain.find("audit", {"scope": KODE}, limit=100)]
    assert {"lihat_pengurus", "catat_pengurus", "hapus_pengurus"} <= set(acts)


def test_a_number_that_nobody_has_is_refused_by_its_field(kantor: Layanan) -> None:
    new = {"rw": "008", "rt": "004", "nama": "Ketua Contoh", "telepon": "0812"}
    answer = kantor.post(f"/v1/kantor/{KODE}/pengurus", kantor.loket(), new)

    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/telepon")


def test_after_two_working_days_of_silence_the_resident_needs_paper(kantor: Layanan, pekerja: None) -> None:
    id = kantor.ajukan()["id"]
    minta(kantor, id)
    link = buka(kantor, id, 1)

    jam.shift(kantor.app.clock.shift_file, seconds=12 * 86400)
    until(lambda: kantor.kasus(id)["pengantar"]["keadaan"] == "tidak_dijawab")

    assert lihat(kantor, link).status_code == 404
    until(lambda: "pengantar.ditutup" in kantor.told(id))
    assert kantor.kasus(id)["status"] == "menunggu_berkas"
    assert kantor.kasus(id)["pengantar"]["boleh_minta"] is True
