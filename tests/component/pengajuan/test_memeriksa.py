"""The counter's check through the API: receipts alone, one list, the next round, never one's own case."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.loket import KODE, SYARAT, Layanan, berkas, bersih
from support.permohonan import ISIAN_SKDOM
from support.waiting import until

KURANG = {"jenis": "syarat", "kode": "KTP", "alasan": "buram", "teks": "Foto KTP Sari gelap sekali."}


def slug(answer: Any) -> str:
    return str(answer.get_json()["type"].rsplit(":", 1)[1])


def test_receipts_alone_make_a_case_complete(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]

    done = layanan.lengkap(id)

    assert (done.status_code, done.get_json()["status"]) == (200, "diproses"), done.text
    until(lambda: layanan.told(id)[-1:] == ["permohonan.dinyatakan_lengkap"])
    assert layanan.told(id) == [
        "permohonan.diajukan",
        "permohonan.siap_diperiksa",
        "permohonan.dinyatakan_lengkap",
    ]
    # The events that come later tell nothing new.
    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat))
    vector = until(lambda: _inbox(layanan, id).get("dokumen/peristiwa") == 3)
    assert vector
    assert layanan.kasus(id)["status"] == "diproses"
    assert layanan.kasus(id)["syarat"][1]["berkas"] == [berkas(id, "KTP")]


def test_clean_papers_bring_a_case_to_the_counter(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]

    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat))

    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    until(lambda: layanan.told(id)[-1:] == ["permohonan.siap_diperiksa"])
    assert layanan.get("/v1/permohonan", layanan.loket()).get_json()["isi"][0]["id"] == id


def test_an_incomplete_case_comes_back_in_a_second_round(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]
    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")

    body = {"hasil": "kurang", "kekurangan": [KURANG]}
    back = layanan.post(f"/v1/permohonan/{id}/periksa", layanan.loket(), body)
    mine = layanan.get(f"/v1/permohonan/{id}", layanan.warga()).get_json()
    again = layanan.post(f"/v1/permohonan/{id}/perbaiki", layanan.warga(), {})
    layanan.tell("dokumen", "berkas.diterima", id, bersih(id, "KTP", 2))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    seen = [layanan.tanda(id, "PENGANTAR_RT_RW"), layanan.tanda(id, "KK")]
    seen.append(layanan.tanda(id, "KTP", putaran=2))
    done = layanan.lengkap(id, tanda_lihat=seen)

    assert back.get_json()["tampilan"] == "Perlu diperbaiki"
    assert mine["kekurangan"][0]["teks"] == KURANG["teks"]
    assert (again.get_json()["status"], again.get_json()["putaran"]) == ("menunggu_berkas", 2)
    assert (done.get_json()["status"], done.get_json()["putaran"]) == ("diproses", 2), done.text
    until(lambda: layanan.told(id)[-1:] == ["permohonan.dinyatakan_lengkap"])
    until(lambda: "catatan.dibagikan" in layanan.told(id, "pribadi"))
    assert "gelap" not in "".join(r.value.decode() for r in layanan.log())


def test_a_paper_that_was_not_opened_stops_the_check(layanan: Layanan) -> None:
    id = layanan.ajukan()["id"]

    refused = layanan.lengkap(id, tanda_lihat=[layanan.tanda(id, "KTP")])

    assert refused.status_code == 409
    assert layanan.kasus(id)["status"] == "menunggu_berkas"


@pytest.mark.parametrize("petugas", ["loket.lain", "loket.depok"])
def test_a_receipt_holds_for_its_clerk_and_case_only(layanan: Layanan, petugas: str) -> None:
    id, other = layanan.ajukan()["id"], layanan.ajukan()["id"]
    token = layanan.tanda(other if petugas == "loket.depok" else id, "KTP", petugas=petugas)

    refused = layanan.lengkap(id, tanda_lihat=[token])

    assert (refused.status_code, slug(refused)) == (403, "tanda-lihat-salah")


def test_a_clerk_accepts_without_a_paper_and_says_why(layanan: Layanan, pekerja: None) -> None:
    ways = [{"kode": s, "cara": "unggah"} for s in ("PENGANTAR_RT_RW", "KTP")]
    ways.append({"kode": "KK", "cara": "tidak_punya", "alasan": "Hanyut saat banjir"})
    id = layanan.ajukan(syarat=ways)["id"]
    seen = [layanan.tanda(id, s) for s in ("PENGANTAR_RT_RW", "KTP")]
    tanpa = [{"syarat": "KK", "kode": "terbakar_banjir", "alasan": "Surat kehilangan ada."}]

    done = layanan.lengkap(id, tanda_lihat=seen, tanpa=tanpa)

    assert done.get_json()["status"] == "diproses", done.text
    until(lambda: [p["syarat"] for p in _personal(layanan, id)["pembebasan"]] == ["KK"])


@pytest.mark.parametrize(("kind", "field"), [("nik", "nik"), ("kk", "no_kk")])
def test_nobody_checks_his_own_case_or_his_familys(layanan: Layanan, kind: str, field: str) -> None:
    id = layanan.ajukan(cara="tidak_punya")["id"]
    own = {f"{kind}_h": layanan.samaran(kind, str(ISIAN_SKDOM[field]))}
    body = {"hasil": "kurang", "kekurangan": [KURANG]}

    refused = layanan.post(f"/v1/permohonan/{id}/periksa", layanan.loket(**own), body)

    assert (refused.status_code, slug(refused)) == (403, "permohonan-sendiri")


def test_only_a_clerk_of_that_office_checks(layanan: Layanan) -> None:
    id = layanan.ajukan(cara="tidak_punya")["id"]
    path, body = f"/v1/permohonan/{id}/periksa", {"hasil": "kurang", "kekurangan": [KURANG]}

    others = (
        layanan.loket("loket.mekarjaya", "3276051004"),
        layanan.token("lurah.depok", "lurah", wilayah=[KODE]),
        layanan.warga(),
    )

    assert [layanan.post(path, who, body).status_code for who in others] == [403, 403, 403]
    assert layanan.kasus(id)["status"] == "diperiksa"


def test_an_empty_or_unknown_list_is_refused(layanan: Layanan) -> None:
    id = layanan.ajukan(cara="tidak_punya")["id"]
    path = f"/v1/permohonan/{id}/periksa"

    empty = layanan.post(path, layanan.loket(), {"hasil": "kurang"})
    strange = layanan.post(
        path, layanan.loket(), {"hasil": "kurang", "kekurangan": [{**KURANG, "kode": "PASPOR"}]}
    )

    assert (slug(empty), slug(strange)) == ("daftar-kosong", "daftar-tak-dikenal")


def test_the_same_check_sent_twice_is_one_check(layanan: Layanan) -> None:
    id = layanan.ajukan(cara="tidak_punya")["id"]
    body = {"hasil": "kurang", "kekurangan": [KURANG]}
    path = f"/v1/permohonan/{id}/periksa"

    first = layanan.post(path, layanan.loket(), body, key="periksa-sekali")
    second = layanan.post(path, layanan.loket(), body, key="periksa-sekali")

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.data == second.data


def _personal(layanan: Layanan, id: str) -> dict[str, Any]:
    """The newest snapshot: the topic keeps no other."""
    records = [r for r in layanan.log("pribadi") if r.headers["ce_subject"] == id and r.value]
    return dict(json.loads(records[-1].value)) if records else {"pembebasan": []}


def _inbox(layanan: Layanan, id: str) -> dict[str, int]:
    doc = layanan.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    inbox: dict[str, int] = doc.body["inbox"]
    return inbox
