"""Missing papers (R6): brought to the counter, said not to exist, one of several, and accepted without by a clerk."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.ids import new_id
from support.loket import SYARAT, Layanan, permohonan
from support.waiting import until


def slots(layanan: Layanan, id: str) -> dict[str, dict[str, Any]]:
    return {s["kode"]: s for s in layanan.kasus(id)["syarat"]}


def test_what_is_brought_to_the_counter_is_waited_for_scanned_and_complete(
    layanan: Layanan, pekerja: None
) -> None:
    """The clerk's receipts are enough: no event of dokumen need have come."""
    id = layanan.ajukan(cara="loket")["id"]
    assert layanan.kasus(id)["status"] == "menunggu_berkas"

    done = layanan.lengkap(id)

    assert done.get_json()["status"] == "diproses", done.text
    wanted = ["permohonan.siap_diperiksa", "permohonan.dinyatakan_lengkap"]
    until(lambda: layanan.told(id)[-2:] == wanted, what="both events in order")


def test_a_clerk_does_without_what_was_to_be_brought_and_signers_see_why(
    layanan: Layanan, pekerja: None
) -> None:
    id = layanan.ajukan(cara="loket")["id"]
    seen = [layanan.tanda(id, s) for s in ("PENGANTAR_RT_RW", "KTP")]
    early = layanan.lengkap(id, tanda_lihat=seen)
    tanpa = [{"syarat": "KK", "kode": "hilang", "alasan": "Ada surat kehilangan dari polisi."}]

    done = layanan.lengkap(id, tanda_lihat=seen, tanpa=tanpa)

    assert early.status_code == 409
    assert done.get_json()["status"] == "diproses", done.text
    until(
        lambda: any("surat kehilangan" in str(r.value) for r in layanan.log("pribadi")),
        what="the reason for signers",
    )


def test_who_stands_at_the_counter_waits_for_nothing(layanan: Layanan) -> None:
    person = {"nama": "Tono Umpama", "nik": "3276010101709006"}
    case = layanan.ajukan(layanan.loket(), cara="loket", pemohon=person)

    assert case["status"] == "diperiksa"


def test_a_missing_paper_needs_a_reason_and_the_clerk_reads_it(layanan: Layanan) -> None:
    bare = permohonan()
    bare["syarat"] = [{"kode": s, "cara": "tidak_punya"} for s in SYARAT]
    refused = layanan.post("/v1/permohonan?ajukan=true", layanan.warga(), bare)
    id = layanan.ajukan(cara="tidak_punya")["id"]

    assert refused.status_code == 422
    assert {e["slug"] for e in json.loads(refused.text)["errors"]} == {"alasan-kosong"}
    assert slots(layanan, id)["KTP"]["alasan"] == "Terendam banjir"


@pytest.mark.parametrize(("pilihan", "status"), [("PERJANJIAN_SEWA", 201), ("PASPOR", 422)])
def test_where_any_one_of_several_will_do_it_is_said_which(
    layanan: Layanan, pilihan: str, status: int
) -> None:
    """`bila`: the slot exists only for who lives in a house that is not his own."""
    body = permohonan()
    body["jawaban"] |= {"status_tinggal": "sewa", "nama_pemilik": "Budi Umpama"}
    [slot] = [s for s in catalogue(layanan) if s.get("salah_satu")]
    chosen = pilihan if status == 422 else slot["salah_satu"][0]["kode"]
    body["syarat"].append({"kode": slot["kode"], "cara": "unggah", "pilihan": chosen})
    made = layanan.post("/v1/permohonan?ajukan=true", layanan.warga(), body, key=new_id())

    assert made.status_code == status, made.text
    if status == 201:
        assert slots(layanan, made.get_json()["id"])[slot["kode"]]["pilihan"] == chosen


def catalogue(layanan: Layanan) -> list[dict[str, Any]]:
    found = layanan.get("/v1/layanan/SKDOM", layanan.warga()).get_json()
    return list(found["syarat"])
