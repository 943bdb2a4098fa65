"""What a working day brings: reminders, a second list, corrections, filing anew, a closed office."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

from pengajuan.check import check
from support import jam
from support.loket import KODE, SYARAT, Layanan, berkas, bersih, permohonan
from support.waiting import until

KURANG = {"jenis": "syarat", "kode": "KTP", "alasan": "buram", "teks": "Foto KTP gelap sekali."}
LURAH = "lurah.depok"


def slug(answer: TestResponse) -> str:
    return str((answer.get_json() or {})["type"].rsplit(":", 1)[1])


def days(layanan: Layanan, n: float) -> None:
    jam.shift(layanan.app.clock.shift_file, seconds=n * 86400)


def checked(layanan: Layanan, id: str, *points: dict[str, Any]) -> TestResponse:
    body = {"hasil": "kurang", "kekurangan": list(points)}
    return layanan.post(f"/v1/permohonan/{id}/periksa", layanan.loket(), body)


def at_counter(layanan: Layanan) -> str:
    id = str(layanan.ajukan()["id"])
    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    return id


def returned_once(layanan: Layanan) -> str:
    """At the counter again after one list, with a new photograph of the KTP."""
    id = at_counter(layanan)
    assert checked(layanan, id, KURANG).status_code == 200
    assert layanan.post(f"/v1/permohonan/{id}/perbaiki", layanan.warga(), {}).status_code == 200
    layanan.tell("dokumen", "berkas.diterima", id, bersih(id, "KTP", 2))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    return id


def test_a_resident_is_reminded_on_days_7_and_12_and_no_more(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]
    until(lambda: layanan.told(id))

    days(layanan, 7.1)
    until(lambda: layanan.told(id).count("permohonan.diingatkan") == 1)
    days(layanan, 12.1)
    until(lambda: layanan.told(id).count("permohonan.diingatkan") == 2)
    days(layanan, 14.1)
    until(lambda: layanan.told(id)[-1] == "permohonan.ditutup")

    assert layanan.told(id).count("permohonan.diingatkan") == 2
    assert check(layanan.app, layanan.events)["wrong"] == []


def test_nobody_who_has_sent_everything_is_reminded(layanan: Layanan, pekerja: None) -> None:
    id = at_counter(layanan)
    other = layanan.ajukan(layanan.warga("w-2"))["id"]

    days(layanan, 12.1)
    until(lambda: "permohonan.diingatkan" in layanan.told(other))

    assert "permohonan.diingatkan" not in layanan.told(id)


def test_a_second_list_needs_the_lurahs_consent_and_names_only_what_is_new(
    layanan: Layanan, pekerja: None
) -> None:
    id = returned_once(layanan)
    path = f"/v1/permohonan/{id}/izin-daftar-kedua"
    lurah = layanan.token(LURAH, "lurah", wilayah=[KODE])
    old = {"jenis": "syarat", "kode": "KK", "alasan": "terpotong"}

    without = checked(layanan, id, KURANG)
    by_clerk = layanan.post(path, layanan.loket(), {"kode": []})
    consent = layanan.post(path, lurah, {"kode": []})
    widened = checked(layanan, id, KURANG, old)
    second = checked(layanan, id, KURANG)

    assert (without.status_code, slug(without)) == (409, "daftar-kedua-perlu-izin")
    assert (by_clerk.status_code, consent.status_code) == (403, 200)
    assert (widened.status_code, slug(widened)) == (409, "daftar-kedua-terbatas")
    assert "KK" in widened.get_json()["detail"]
    assert (second.status_code, second.get_json()["status"]) == (200, "diperbaiki")


def test_after_two_lists_the_office_calls(layanan: Layanan, pekerja: None) -> None:
    id = returned_once(layanan)
    lurah = layanan.token(LURAH, "lurah", wilayah=[KODE])
    layanan.post(f"/v1/permohonan/{id}/izin-daftar-kedua", lurah, {"kode": ["KK"]})
    assert checked(layanan, id, {"jenis": "syarat", "kode": "KK", "alasan": "terpotong"}).status_code == 200
    layanan.post(f"/v1/permohonan/{id}/perbaiki", layanan.warga(), {})
    layanan.tell("dokumen", "berkas.diterima", id, bersih(id, "KK", 3))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    layanan.post(f"/v1/permohonan/{id}/izin-daftar-kedua", lurah, {"kode": ["KK"]})

    third = checked(layanan, id, {"jenis": "syarat", "kode": "KK", "alasan": "terpotong"})

    assert (third.status_code, slug(third)) == (409, "daftar-ketiga")
    assert "telepon" in third.get_json()["detail"]


def test_a_clerk_corrects_an_answer_against_a_paper_and_both_values_stay(
    layanan: Layanan, pekerja: None
) -> None:
    id = at_counter(layanan)
    path = f"/v1/permohonan/{id}/koreksi"
    right = {"jawaban": {"nama": "Sari Contohwati Putri"}, "berkas": berkas(id, "KTP")}

    blind = layanan.post(path, layanan.loket(), right | {"berkas": id})
    wrong = layanan.post(path, layanan.loket(), right | {"jawaban": {"nik": "12"}})
    none = layanan.post(path, layanan.loket(), right | {"jawaban": {"nama": "Sari Contohwati"}})
    resident = layanan.post(path, layanan.warga(), right)
    done = layanan.post(path, layanan.loket(), right)

    assert [(a.status_code, slug(a)) for a in (blind, none)] == [
        (409, "koreksi-tanpa-berkas"),
        (409, "koreksi-kosong"),
    ]
    assert wrong.status_code == 422
    assert wrong.get_json()["errors"][0]["pointer"] == "/jawaban/nik"
    assert resident.status_code == 403
    line = done.get_json()["koreksi"][0]
    assert (line["lama"], line["baru"]) == ("Sari Contohwati", "Sari Contohwati Putri")
    assert line["berkas"] == berkas(id, "KTP")
    assert done.get_json()["subjek"][0]["nama"] == "Sari Contohwati Putri"
    until(lambda: "permohonan.dikoreksi" in layanan.told(id))
    assert check(layanan.app, layanan.events)["wrong"] == []
    assert "Putri" not in str([r.value for r in layanan.log()])


def test_a_case_that_expired_is_filed_anew_from_its_answers(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]
    until(lambda: layanan.told(id))
    early = layanan.post(f"/v1/permohonan/{id}/salin", layanan.warga())
    days(layanan, 15)
    until(lambda: layanan.kasus(id)["status"] == "kedaluwarsa")

    stranger = layanan.post(f"/v1/permohonan/{id}/salin", layanan.warga("w-9"))
    again = layanan.post(f"/v1/permohonan/{id}/salin", layanan.warga())
    draft = again.get_json()
    filed = layanan.post(
        f"/v1/permohonan/{draft['id']}/ajukan",
        layanan.warga(),
        {"syarat": [{"kode": s, "cara": "unggah"} for s in SYARAT], "pernyataan_benar": True},
    )

    assert (early.status_code, slug(early)) == (409, "status-tidak-sesuai")
    assert stranger.status_code == 404
    assert (again.status_code, draft["status"], draft["asal"]) == (201, "draf", id)
    assert draft["nomor_resi"] != layanan.kasus(id)["nomor_resi"]
    assert filed.status_code == 200, filed.text


def test_a_closed_office_is_shown_and_the_kecamatan_works_for_it(layanan: Layanan, pekerja: None) -> None:
    admin = layanan.token("adm", "admin_kantor", wilayah=[KODE])
    kecamatan = layanan.token("loket.kec", "petugas_loket_kecamatan", wilayah=["327601"])
    today = datetime.now(UTC).date()
    shut = {
        "dari": today.isoformat(),
        "sampai": (today + timedelta(days=1)).isoformat(),
        "alasan": "Listrik padam",
    }
    path = f"/v1/kantor/{KODE}"
    id = at_counter(layanan)
    seen = [layanan.tanda(id, s, petugas="loket.kec") for s in SYARAT]
    body = {"hasil": "lengkap", "tanda_lihat": seen}

    def patch(data: dict[str, Any]) -> TestResponse:
        return layanan.client.patch(
            path, json=data, headers={**admin, "If-Match": layanan.client.get(path).headers["ETag"]}
        )

    open_ = layanan.post(f"/v1/permohonan/{id}/periksa", kecamatan, body)
    backwards = patch({"tutup": shut | {"sampai": "2020-01-01"}})
    beyond = patch({"status": "aktif"})
    closed = patch({"tutup": shut})
    walk_in = layanan.post(
        "/v1/permohonan?ajukan=true", kecamatan, permohonan(pemohon={"nama": "Tono Contoh"})
    )
    done = layanan.post(f"/v1/permohonan/{id}/periksa", kecamatan, body)
    told = layanan.get(f"/v1/permohonan/{id}", layanan.warga()).get_json()["kantor"]["tutup"]
    opened = patch({"tutup": None})

    assert (open_.status_code, backwards.status_code, beyond.status_code) == (403, 422, 403)
    assert closed.status_code == 200, closed.text
    assert walk_in.status_code == 201, walk_in.text
    assert (done.status_code, done.get_json()["status"]) == (200, "diproses"), done.text
    assert told == shut
    assert opened.get_json()["tutup"] is None


def test_a_page_of_the_form_is_judged_at_once_when_asked(layanan: Layanan) -> None:
    made = layanan.post("/v1/permohonan", layanan.warga(), permohonan(jawaban={}))
    path, etag = f"/v1/permohonan/{made.get_json()['id']}", made.headers["ETag"]
    page = {"jawaban": {"nama": "Sari Contohwati", "nik": "12", "rt": None}}

    kept = layanan.client.patch(path, json=page, headers={**layanan.warga(), "If-Match": etag})
    judged = layanan.client.patch(
        path,
        json=page | {"periksa": True},
        headers={**layanan.warga(), "If-Match": kept.headers["ETag"]},
    )

    assert kept.status_code == 200, kept.text
    assert judged.status_code == 422
    assert {e["pointer"] for e in judged.get_json()["errors"]} == {"/jawaban/nik", "/jawaban/rt"}
