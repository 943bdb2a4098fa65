"""Filing through the API: who may, what is refused, and that a repeated wish is one wish."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from pengajuan.bootstrap import migrate
from support.loket import KODE, SYARAT, Layanan, permohonan
from support.permohonan import ISIAN_SKDOM, ISIAN_SKTM
from support.waiting import until
from web.tokens import Verifier

NIK = str(ISIAN_SKDOM["nik"])


def test_a_resident_with_a_confirmed_contact_files(layanan: Layanan, pekerja: None) -> None:
    kasus = layanan.ajukan()

    assert (kasus["status"], kasus["tampilan"], kasus["putaran"]) == ("menunggu_berkas", "Diterima", 1)
    assert kasus["kantor"]["nama"] == "Kelurahan Depok, Kecamatan Pancoran Mas"
    assert kasus["subjek"][0]["nik"] == NIK
    until(lambda: layanan.told(kasus["id"]) == ["permohonan.diajukan"])
    until(lambda: layanan.told(kasus["id"], "pribadi") == ["pemohon.dibagikan"])
    record = layanan.log("pribadi")[-1]
    assert json.loads(record.value)["subjek"][0]["nik"] == NIK


def test_the_events_of_a_case_carry_no_personal_data(layanan: Layanan, pekerja: None) -> None:
    kasus = layanan.ajukan()

    until(lambda: layanan.told(kasus["id"]))
    text = "".join(record.value.decode() for record in layanan.log())
    assert all(word not in text for word in (NIK, "Sari", "Belimbing"))


def test_the_upload_grant_says_what_dokumen_needs_to_know(layanan: Layanan) -> None:
    kasus = layanan.ajukan()

    claims = Verifier(layanan.keys).verify(kasus["izin_unggah"], issuer="pengajuan", audience="dokumen")

    assert (claims["permohonan"], claims["kantor"], claims["pemilik"]) == (kasus["id"], KODE, "w-1")
    assert (claims["jenis"], claims["putaran"], claims["maks_byte"]) == ("unggah", 1, 10485760)
    assert [s["kode"] for s in claims["syarat"]] == list(SYARAT)


@pytest.mark.parametrize("tingkat", ["", "tamu"])
def test_a_resident_without_a_confirmed_contact_may_not_file(layanan: Layanan, tingkat: str) -> None:
    refused = layanan.post("/v1/permohonan", layanan.warga(tingkat=tingkat), permohonan())

    assert (refused.status_code, refused.get_json()["type"]) == (403, "urn:ekelurahan:masalah:dilarang")


def test_nobody_files_without_signing_in(layanan: Layanan) -> None:
    assert layanan.post("/v1/permohonan", {}, permohonan()).status_code == 401


def test_a_clerk_files_for_a_walk_in(layanan: Layanan) -> None:
    orang = {"nama": "Tono Umpama", "nik": "3276011203809003"}
    orang |= {"kontak": {"jenis": "telepon", "nilai": "0812-5550-0101"}}  # type: ignore[dict-item]

    kasus = layanan.ajukan(layanan.loket(), cara="loket", pemohon=orang, hubungan="satu_kk")

    assert (kasus["kanal"], kasus["status"]) == ("loket", "diperiksa")
    assert kasus["pemohon"] == {"nama": "Tono Umpama", "nik": "3276011203809003", "akun": None}


def test_a_clerk_files_only_for_his_own_office(layanan: Layanan) -> None:
    other = layanan.loket("loket.mekarjaya", "3276051004")

    refused = layanan.post("/v1/permohonan", other, permohonan(pemohon={"nama": "Tono"}))

    assert refused.status_code == 403


def test_an_office_that_is_only_prepared_takes_nothing(layanan: Layanan) -> None:
    refused = layanan.post("/v1/permohonan", layanan.warga(), permohonan(kantor="3276021008"))

    assert refused.status_code == 409
    assert refused.get_json()["type"].endswith(":kantor-belum-aktif")


def test_all_wrong_fields_are_told_at_once(layanan: Layanan) -> None:
    body = permohonan()
    body["jawaban"] |= {"nik": "123", "rt": "x", "nama": "", "warna": "biru"}

    refused = layanan.post("/v1/permohonan?ajukan=true", layanan.warga(), body)

    problem = refused.get_json()
    assert (refused.status_code, problem["type"]) == (422, "urn:ekelurahan:masalah:formulir-salah")
    assert {e["pointer"] for e in problem["errors"]} == {
        "/jawaban/nik", "/jawaban/rt", "/jawaban/nama", "/jawaban/warna",
    }  # fmt: skip
    assert all(e["detail"] and e["slug"] for e in problem["errors"])


def test_all_faults_of_the_shape_are_told_at_once(layanan: Layanan) -> None:
    refused = layanan.post("/v1/permohonan", layanan.warga(), {"layanan": "x", "kantor": 1, "lain": True})

    assert refused.status_code == 422
    assert {e["pointer"] for e in refused.get_json()["errors"]} == {"/layanan", "/kantor", "/lain"}


def test_a_post_without_a_key_is_refused(layanan: Layanan) -> None:
    refused = layanan.client.post("/v1/permohonan", json=permohonan(), headers=layanan.warga())

    assert refused.status_code == 400


def test_twenty_posts_with_one_key_make_one_application_and_one_answer(layanan: Layanan) -> None:
    who, flask = layanan.warga(), layanan.client.application

    def post(_: int) -> bytes:
        headers = {**who, "Idempotency-Key": "satu-kunci-saja"}
        made = flask.test_client().post("/v1/permohonan?ajukan=true", json=permohonan(), headers=headers)
        assert made.status_code == 201
        return bytes(made.data)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(post, range(20)))

    assert len(answers) == 1
    assert len(layanan.get("/v1/permohonan", who).get_json()["isi"]) == 1


@pytest.mark.parametrize("change", [{"hubungan": "satu_kk"}, {"kantor": "3276011007"}])
def test_a_key_that_comes_with_another_wish_is_refused(layanan: Layanan, change: dict[str, str]) -> None:
    layanan.post("/v1/permohonan", layanan.warga(), permohonan(), key="kunci-yang-sama")

    reused = layanan.post("/v1/permohonan", layanan.warga(), permohonan(**change), key="kunci-yang-sama")

    assert (reused.status_code, reused.get_json()["type"].rsplit(":", 1)[1]) == (422, "kunci-dipakai-lain")


def test_two_residents_may_use_the_same_key(layanan: Layanan) -> None:
    first = layanan.post("/v1/permohonan", layanan.warga(), permohonan(), key="kunci-yang-sama")
    second = layanan.post("/v1/permohonan", layanan.warga("w-2"), permohonan(), key="kunci-yang-sama")

    assert first.get_json()["id"] != second.get_json()["id"]


def test_a_draft_is_changed_and_filed_later(layanan: Layanan) -> None:
    who = layanan.warga()
    made = layanan.post("/v1/permohonan", who, permohonan(jawaban={"rt": "x"}, syarat=[]))
    path = f"/v1/permohonan/{made.get_json()['id']}"

    headers = {**who, "If-Match": made.headers["ETag"]}
    changed = layanan.client.patch(path, json={"jawaban": dict(ISIAN_SKDOM)}, headers=headers)
    stale = layanan.client.patch(path, json={"jawaban": {"rt": "9"}}, headers=headers)
    without = layanan.client.patch(path, json={"jawaban": {"rt": "9"}}, headers=who)
    body = {"syarat": [{"kode": s, "cara": "loket"} for s in SYARAT], "pernyataan_benar": True}
    filed = layanan.post(f"{path}/ajukan", who, body)

    assert made.get_json()["status"] == "draf"
    assert (changed.status_code, stale.status_code, without.status_code) == (200, 412, 428)
    assert stale.headers["ETag"] == changed.headers["ETag"]
    assert filed.get_json()["status"] == "menunggu_berkas"


def test_a_case_of_somebody_else_is_not_there(layanan: Layanan) -> None:
    kasus = layanan.ajukan()
    path = f"/v1/permohonan/{kasus['id']}"

    assert layanan.get(path, layanan.warga("w-2")).status_code == 404
    assert layanan.get(path, layanan.loket("x", "3276051004")).status_code == 403
    assert layanan.get(path, layanan.token("camat", "camat", wilayah=["327605"])).status_code == 403
    assert layanan.get(path, layanan.token("camat", "camat", wilayah=["327601"])).status_code == 200
    assert layanan.get(path, layanan.token("op", "operator", wilayah=["3276"])).status_code == 403


def test_every_reading_of_a_case_is_audited(layanan: Layanan) -> None:
    kasus = layanan.ajukan()

    layanan.get(f"/v1/permohonan/{kasus['id']}", layanan.loket())

    (entry,) = layanan.app.chain.find("audit", {"subject": kasus["id"]})
    assert (entry.body["actor"], entry.body["action"]) == ("loket.depok", "lihat_permohonan")


def test_the_lists_are_read_page_by_page(layanan: Layanan) -> None:
    ids = [layanan.ajukan(cara="tidak_punya")["id"] for _ in range(5)]
    layanan.ajukan(layanan.warga("w-2"), cara="tidak_punya", kantor="3276011007")

    first = layanan.get("/v1/permohonan?batas=3", layanan.loket()).get_json()
    rest = layanan.get(f"/v1/permohonan?batas=3&cursor={first['cursor']}", layanan.loket()).get_json()
    mine = layanan.get("/v1/permohonan", layanan.warga()).get_json()

    assert [k["id"] for k in first["isi"] + rest["isi"]] == ids
    assert rest["cursor"] is None
    assert [k["id"] for k in mine["isi"]] == ids[::-1]


def test_tracking_needs_the_secret_and_shows_no_person(layanan: Layanan) -> None:
    kasus = layanan.ajukan()
    nomor, rahasia = kasus["nomor_resi"], kasus["rahasia_resi"]

    found = layanan.client.post("/v1/lacak", json={"nomor_resi": nomor.lower(), "rahasia": rahasia})
    wrong = layanan.client.post("/v1/lacak", json={"nomor_resi": nomor, "rahasia": "AAAAA-AAAAA"})
    typo = layanan.client.post("/v1/lacak", json={"nomor_resi": nomor[:-1] + "?", "rahasia": rahasia})

    assert (found.status_code, wrong.status_code, typo.status_code) == (200, 404, 422)
    assert found.get_json()["tampilan"] == "Diterima"
    assert all(word not in found.text for word in (NIK, "Sari", kasus["id"]))


def test_the_secret_is_stored_as_a_hash_and_shown_once(layanan: Layanan) -> None:
    kasus = layanan.ajukan()

    doc = layanan.app.documents.get("permohonan", KODE, kasus["id"])

    assert doc is not None
    secret = kasus["rahasia_resi"]
    assert secret.replace("-", "") not in json.dumps(doc.body).replace("-", "")
    assert layanan.kasus(kasus["id"])["rahasia_resi"] is None


def test_services_are_found_by_plain_words_with_their_form(layanan: Layanan) -> None:
    found = layanan.client.get("/v1/layanan?q=buka rekening").get_json()["isi"]
    full = layanan.client.get("/v1/layanan/SKTM").get_json()

    assert [s["kode"] for s in found] == ["SKDOM"]
    assert (full["biaya"], full["status"]) == ("Rp 0", "ditetapkan")
    assert {m["id"] for m in full["medan"]} >= set(ISIAN_SKTM)
    assert layanan.client.get("/v1/layanan/TIDAKADA").status_code == 404


def test_migration_may_run_again(layanan: Layanan) -> None:
    migrate(layanan.settings)

    assert layanan.ajukan()["status"] == "menunggu_berkas"
