"""Services that do not end in a letter of ours: forwarded ones, pages, restricted ones; and the kecamatan's own."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from pengajuan.check import check
from pengajuan.seed import seed
from support.loket import KODE, Layanan, permohonan
from support.permohonan import ISIAN_SKDOM
from support.waiting import until

LAIN = "3276011007"
DIRI = {
    name: ISIAN_SKDOM[name]
    for name in (
        *("nama", "nik", "no_kk", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "status_kawin"),
        *("pekerjaan", "kewarganegaraan", "alamat", "rt", "rw"),
    )
} | {"data_benar": True}
PINDAH = DIRI | {
    "jenis_pindah": "keluar",
    "alamat_tujuan": "Jalan Contoh 4 RT 001 RW 002, Kelurahan Contoh, Kota Bogor",
    "alasan": "perumahan",
    "kk_yang_ditinggal": "semua_pindah",
}
SKU = DIRI | {
    "usaha_nama": "Warung Contoh",
    "usaha_jenis": "warung makan",
    "usaha_alamat": "Jalan Contoh 5 RT 003 RW 008",
    "usaha_sejak": "2020-05",
    "keperluan": "kredit",
    "pengantar_nomor": "015/RT003/I/2026",
    "pengantar_tanggal": "2026-01-12",
}
DISPENSASI = DIRI | {
    "calon_nama": "Budi Misalnya",
    "calon_tempat_lahir": "Depok",
    "calon_tanggal_lahir": "1994-02-01",
    "calon_agama": "islam",
    "calon_pekerjaan": "Pedagang",
    "calon_kewarganegaraan": "wni",
    "calon_alamat": "Jalan Misal 2, Kota Depok",
    "akad_tanggal": "2026-02-01",
    "akad_tempat": "KUA Pancoran Mas",
    "akad_kua": "KUA Pancoran Mas",
    "alasan": "Orang tua akan berangkat haji.",
    "n1_nomor": "400.12.3.2/1-01.1006/2026",
    "n1_tanggal": "2026-01-14",
}


def slug(answer: TestResponse) -> str:
    return str((answer.get_json() or {})["type"].rsplit(":", 1)[1])


def filed(layanan: Layanan, kode: str, jawaban: dict[str, Any], *syarat: str, kantor: str = KODE) -> str:
    body = permohonan(layanan=kode, jawaban=jawaban, kantor=kantor) | {
        "syarat": [{"kode": s, "cara": "unggah"} for s in syarat]
    }
    made = layanan.post("/v1/permohonan?ajukan=true", layanan.warga(), body)
    assert made.status_code == 201, made.text
    return str(made.get_json()["id"])


def test_a_forwarded_case_gets_no_promise_and_its_result_is_told(layanan: Layanan, pekerja: None) -> None:
    id = filed(layanan, "PINDAH", PINDAH, "KTP", "KK")
    path = f"/v1/permohonan/{id}"
    seen = {"tanda_lihat": [layanan.tanda(id, s) for s in ("KTP", "KK")]}

    wrong = layanan.post(f"{path}/periksa", layanan.loket(), {"hasil": "lengkap", **seen})
    blind = layanan.post(f"{path}/teruskan", layanan.loket(), {"rujukan": "1/DK", "tanggal": "2026-01-15"})
    sent = layanan.post(
        f"{path}/teruskan", layanan.loket(), {"rujukan": "1/DK", "tanggal": "2026-01-15", **seen}
    )
    early = layanan.get(path, layanan.warga()).get_json()
    result = layanan.post(f"{path}/hasil", layanan.loket(), {"hasil": "selesai", "teks": "Ambil hari Senin."})
    late = layanan.get(path, layanan.warga()).get_json()

    assert (wrong.status_code, slug(wrong)) == (409, "layanan-diteruskan")
    assert (blind.status_code, slug(blind)) == (409, "status-tidak-sesuai")
    assert (sent.status_code, result.status_code) == (200, 200), (sent.text, result.text)
    assert (early["tampilan"], early["jatuh_tempo"], early["surat"]) == ("Diteruskan", None, None)
    assert early["terusan"]["rujukan"] == "1/DK"
    assert late["terusan"]["hasil"] == "selesai"
    assert "Ambil hari Senin." in late["catatan"][0]["teks"]
    until(lambda: layanan.told(id)[-1:] == ["hasil.diterima"])
    assert layanan.told(id)[-2:] == ["permohonan.diteruskan", "hasil.diterima"]
    assert check(layanan.app, layanan.events)["wrong"] == []


def test_the_kecamatans_counter_forwards_for_a_closed_office_and_for_no_other(
    layanan: Layanan, pekerja: None
) -> None:
    id = filed(layanan, "PINDAH", PINDAH, "KTP", "KK")
    path, office = f"/v1/permohonan/{id}", f"/v1/kantor/{KODE}"
    kecamatan = layanan.token("loket.kec", "petugas_loket_kecamatan", wilayah=["327601"])
    admin = layanan.token("adm", "admin_kantor", wilayah=[KODE])
    body = {
        "rujukan": "1/DK",
        "tanggal": "2026-01-15",
        "tanda_lihat": [layanan.tanda(id, s, petugas="loket.kec") for s in ("KTP", "KK")],
    }
    shut = {"dari": "2000-01-01", "sampai": "2100-01-01", "alasan": "Listrik padam"}

    open_ = layanan.post(f"{path}/teruskan", kecamatan, body)
    tag = layanan.client.get(office).headers["ETag"]
    closed = layanan.client.patch(office, json={"tutup": shut}, headers={**admin, "If-Match": tag})
    sent = layanan.post(f"{path}/teruskan", kecamatan, body)
    result = layanan.post(f"{path}/hasil", kecamatan, {"hasil": "selesai"})

    assert (open_.status_code, slug(open_)) == (403, "bukan-petugas-loket")
    assert closed.status_code == 200, closed.text
    assert (sent.status_code, result.status_code) == (200, 200), (sent.text, result.text)


def test_the_kecamatans_counter_files_what_it_checks_itself_and_the_rest_for_closed_offices(
    layanan: Layanan,
) -> None:
    kecamatan = layanan.token("loket.kec", "petugas_loket_kecamatan", wilayah=["327601"])

    def ask(service: str) -> Any:
        body = {
            "layanan": service,
            "kantor": KODE,
            "hubungan": "diri_sendiri",
            "pemohon": {"nama": "Sari Contohwati"},
        }
        return layanan.post("/v1/permohonan", kecamatan, body)

    own, other = ask("DISP_NIKAH"), ask("SKDOM")

    assert own.status_code == 201, own.text
    assert (other.status_code, slug(other)) == (403, "dilarang")
    assert "loket kelurahan" in other.get_json()["detail"]


def test_a_letter_is_not_forwarded_and_has_no_result(layanan: Layanan) -> None:
    id = layanan.ajukan()["id"]

    sent = layanan.post(
        f"/v1/permohonan/{id}/teruskan", layanan.loket(), {"rujukan": "1", "tanggal": "2026-01-15"}
    )
    told = layanan.post(f"/v1/permohonan/{id}/hasil", layanan.loket(), {"hasil": "selesai"})

    assert [(a.status_code, slug(a)) for a in (sent, told)] == [
        (409, "layanan-tidak-diteruskan"),
        (409, "status-tidak-sesuai"),
    ]


@pytest.mark.parametrize("kode", ["WARIS", "PBG"])
def test_a_page_tells_what_to_bring_and_takes_no_application(layanan: Layanan, kode: str) -> None:
    page = layanan.client.get(f"/v1/layanan/{kode}").get_json()
    refused = layanan.post("/v1/permohonan", layanan.warga(), permohonan(layanan=kode, jawaban={}))
    counter = layanan.post(
        "/v1/permohonan",
        layanan.loket(),
        permohonan(layanan=kode, jawaban={}, pemohon={"nama": "Tono Contoh"}),
    )

    assert page["informasi"]["bawa"]
    assert (page["hari"], page["medan"]) == (None, [])
    for answer in (refused, counter):
        assert (answer.status_code, slug(answer)) == (409, "layanan-hanya-informasi")
        assert page["informasi"]["tempat"] in answer.get_json()["detail"]


def test_a_restricted_service_is_taken_only_where_the_office_opened_it(layanan: Layanan) -> None:
    seed(layanan.app, layanan.events, demo=True)  # opens it in one test office
    admin = layanan.token("adm", "admin_kecamatan", wilayah=["327601"])
    path = f"/v1/kantor/{LAIN}/layanan/SKU"
    body = permohonan(layanan="SKU", jawaban=SKU, kantor=LAIN)
    etag = layanan.client.get(f"/v1/kantor/{LAIN}").headers["ETag"]

    shut = layanan.post("/v1/permohonan", layanan.warga(), body)
    here = layanan.post("/v1/permohonan", layanan.warga(), permohonan(layanan="SKU", jawaban=SKU))
    clerk = layanan.client.put(path, json={"dibuka": True}, headers={**layanan.loket(), "If-Match": etag})
    opened = layanan.client.put(path, json={"dibuka": True}, headers={**admin, "If-Match": etag})
    then = layanan.post("/v1/permohonan", layanan.warga(), body)
    free = layanan.client.put(
        f"/v1/kantor/{LAIN}/layanan/SKDOM",
        json={"dibuka": True},
        headers={**admin, "If-Match": opened.headers["ETag"]},
    )

    assert (shut.status_code, slug(shut)) == (409, "layanan-dibatasi")
    assert "oss.go.id" in shut.get_json()["detail"]
    assert here.status_code == 201, here.text
    assert (clerk.status_code, opened.status_code) == (403, 200)
    assert opened.get_json()["layanan_dibuka"] == ["SKU"]
    assert then.status_code == 201, then.text
    assert (free.status_code, slug(free)) == (409, "layanan-tidak-dibatasi")


def test_the_kecamatans_own_service_is_checked_by_its_counter(layanan: Layanan, pekerja: None) -> None:
    wanted = ("N1", "PERNYATAAN_DISPENSASI", "KTP", "KK")
    id = filed(layanan, "DISP_NIKAH", DISPENSASI, *wanted)
    kecamatan = layanan.token("loket.kec", "petugas_loket_kecamatan", wilayah=["327601"])
    path = f"/v1/permohonan/{id}/periksa"

    clerk = layanan.post(
        path, layanan.loket(), {"hasil": "lengkap", "tanda_lihat": [layanan.tanda(id, s) for s in wanted]}
    )
    seen = [layanan.tanda(id, s, petugas="loket.kec") for s in wanted]
    done = layanan.post(path, kecamatan, {"hasil": "lengkap", "tanda_lihat": seen})

    assert (clerk.status_code, slug(clerk)) == (403, "bukan-petugas-loket")
    assert (done.status_code, done.get_json()["status"]) == (200, "diproses"), done.text
