"""Offices are switched on while the system runs; reference data are told to everybody."""

from __future__ import annotations

import json
from typing import Any

from pengajuan.seed import seed
from support.loket import Layanan, permohonan
from support.waiting import until

CURUG = "3276021008"


def acuan(layanan: Layanan, kode: str) -> list[str]:
    """Statuses of this office as the log tells them."""
    records = layanan.events.read("ekelurahan.acuan.v1", 0, 1000)
    return [
        json.loads(r.value)["status"]
        for r in records
        if r.value and r.headers["ce_subject"] == kode and "kantor" in r.headers["ce_type"]
    ]


def test_an_office_is_switched_on_while_everything_runs(layanan: Layanan, pekerja: None) -> None:
    admin = layanan.token("admin.cimanggis", "admin_kecamatan", wilayah=["327602"])
    path = f"/v1/kantor/{CURUG}"
    etag = layanan.client.get(path).headers["ETag"]

    body = {"status": "aktif", "telepon": "(021) 0000000"}
    changed = layanan.client.patch(path, json=body, headers={**admin, "If-Match": etag})
    until(lambda: layanan.client.get(path).get_json()["status"] == "aktif")

    assert changed.status_code == 200, changed.text
    assert layanan.app.contracts.families["peristiwa"].topic(CURUG).name in layanan.events.topics()
    until(lambda: acuan(layanan, CURUG)[-1:] == ["aktif"])
    kasus = layanan.ajukan(kantor=CURUG)
    assert kasus["nomor_resi"].startswith("021008-")
    until(lambda: any(r.headers["ce_subject"] == kasus["id"] for r in layanan.log(kode=CURUG)))


def test_an_office_is_changed_by_its_own_kecamatan_only(layanan: Layanan) -> None:
    other = layanan.token("admin.lain", "admin_kecamatan", wilayah=["327605"])
    path = f"/v1/kantor/{CURUG}"
    etag = layanan.client.get(path).headers["ETag"]

    refused = layanan.client.patch(path, json={"status": "aktif"}, headers={**other, "If-Match": etag})
    clerk = layanan.client.patch(path, json={}, headers={**layanan.loket(), "If-Match": etag})

    assert (refused.status_code, clerk.status_code) == (403, 403)


def test_all_offices_of_the_city_are_known(layanan: Layanan) -> None:
    everything = layanan.client.get("/v1/kantor").get_json()["isi"]
    some = layanan.client.get("/v1/kantor?kecamatan=327601").get_json()["isi"]

    levels = [k["tingkat"] for k in everything]
    assert (levels.count("kelurahan"), levels.count("kecamatan")) == (63, 11)
    assert sorted(k["nama"] for k in some if k["tingkat"] == "kelurahan") == [
        "Depok", "Depok Jaya", "Mampang", "Pancoran Mas", "Rangkapan Jaya", "Rangkapan Jaya Baru",
    ]  # fmt: skip


def test_seeding_again_changes_nothing_that_people_changed(layanan: Layanan, pekerja: None) -> None:
    operator = layanan.token("op", "operator", wilayah=["3276"])
    path = f"/v1/kantor/{CURUG}"
    headers = {**operator, "If-Match": layanan.client.get(path).headers["ETag"]}
    layanan.client.patch(path, json={"alamat": "Jalan Contoh 9"}, headers=headers)
    before = layanan.client.get(path).headers["ETag"]

    counts = seed(layanan.app, layanan.events)

    assert counts == {"kantor": 74, "layanan": 16}
    assert layanan.client.get(path).get_json()["alamat"] == "Jalan Contoh 9"
    assert layanan.client.get(path).headers["ETag"] == before
    assert layanan.client.get("/v1/layanan/SKDOM").get_json()["status"] == "ditetapkan"


def test_a_service_nobody_confirmed_is_taken_at_the_counter_only(layanan: Layanan) -> None:
    store = layanan.app.documents
    doc = store.get("layanan", "3276", "SKDOM")
    assert doc is not None
    doc.body["state"]["status"] = "usulan"
    store.replace("layanan", type(doc)(scope=doc.scope, id=doc.id, rev=doc.rev + 1, body=doc.body), doc.rev)

    resident = layanan.post("/v1/permohonan", layanan.warga(), permohonan())
    clerk = layanan.post("/v1/permohonan", layanan.loket(), permohonan(pemohon={"nama": "Tono"}))

    assert (resident.status_code, clerk.status_code) == (409, 201)
    assert layanan.client.get("/v1/layanan/SKDOM").get_json()["hari"] is None


def test_what_letters_need_of_an_office_is_told_with_it(layanan: Layanan, pekerja: None) -> None:
    operator = layanan.token("op", "operator", wilayah=["3276"])
    path = f"/v1/kantor/{CURUG}"
    headers = {**operator, "If-Match": layanan.client.get(path).headers["ETag"]}
    wanted = {"tujuan": {"polsek": "Kepala Kepolisian Sektor Contoh"}, "berkelakuan_baik": True}
    assert layanan.client.patch(path, json={"surat": wanted}, headers=headers).status_code == 200

    def told() -> object:
        records = layanan.events.read("ekelurahan.acuan.v1", 0, 1000)
        mine = [r for r in records if r.value and r.headers["ce_subject"] == CURUG]
        return json.loads(mine[-1].value or b"{}").get("surat") if mine else None

    until(lambda: told() == wanted, what="the addressees of the office")


BOGOR: dict[str, Any] = {
    "kota": {"kode": "3271", "nama": "Kota Bogor"},
    "kecamatan": [
        {
            "kode": "327101",
            "nama": "Bogor Selatan",
            "kelurahan": [
                {"kode": "3271011006", "nama": "Contoh Hulu", "kode_unit": "01.1006", "aktif": True},
                {"kode": "3271011007", "nama": "Contoh Hilir", "kode_unit": "01.1007", "kode_pos": "16131"},
            ],
        }
    ],
}


def statuses(layanan: Layanan, kecamatan: str) -> dict[str, str]:
    found = layanan.client.get(f"/v1/kantor?kecamatan={kecamatan}").get_json()["isi"]
    return {k["kode"]: k["status"] for k in found}


def test_a_kecamatan_of_another_city_joins_while_everything_runs(layanan: Layanan, pekerja: None) -> None:
    operator = layanan.token("op.bogor", "operator", wilayah=["3271"])

    added = layanan.post("/v1/kantor", operator, BOGOR)
    again = layanan.post("/v1/kantor", operator, BOGOR)

    assert (added.status_code, again.status_code) == (201, 201), added.text
    assert [k["nama"] for k in added.get_json()["isi"]] == ["Bogor Selatan", "Contoh Hulu", "Contoh Hilir"]
    wanted = {"327101": "aktif", "3271011006": "aktif", "3271011007": "disiapkan"}
    until(lambda: statuses(layanan, "327101") == wanted, what="the office and its kecamatan")
    assert layanan.app.contracts.families["peristiwa"].topic("3271011006").name in layanan.events.topics()
    until(lambda: acuan(layanan, "3271011006")[-1:] == ["aktif"])
    until(lambda: acuan(layanan, "327101")[-1:] == ["aktif"])
    assert statuses(layanan, "327602")["327602"] in ("disiapkan", "aktif")


def test_receipts_of_two_cities_with_the_same_office_digits_lead_to_their_own_case(
    layanan: Layanan, pekerja: None
) -> None:
    operator = layanan.token("op.bogor", "operator", wilayah=["3271"])
    layanan.post("/v1/kantor", operator, BOGOR)
    until(lambda: statuses(layanan, "327101").get("3271011006") == "aktif")

    cases = [layanan.ajukan(kantor=kode) for kode in ("3276011006", "3271011006")]

    assert {k["nomor_resi"][:6] for k in cases} == {"011006"}
    for case in cases:
        asked = {"nomor_resi": case["nomor_resi"], "rahasia": case["rahasia_resi"]}
        found = layanan.post("/v1/lacak", {}, asked)
        assert found.status_code == 200, found.text
        assert found.get_json()["kantor"] == case["kantor"]


def test_offices_are_added_by_an_operator_of_their_city_only(layanan: Layanan) -> None:
    asked = [
        layanan.post("/v1/kantor", layanan.token(role, role, wilayah=[area]), BOGOR).status_code
        for role, area in (("operator", "3276"), ("admin_kecamatan", "327101"), ("operator", "327102"))
    ]

    assert asked == [403, 403, 403]
    assert statuses(layanan, "327101") == {}


def test_a_list_of_offices_with_wrong_codes_is_refused_as_a_whole(layanan: Layanan) -> None:
    operator = layanan.token("op.bogor", "operator", wilayah=["3271"])
    kecamatan = BOGOR["kecamatan"][0]
    outside = {**BOGOR, "kecamatan": [{**kecamatan, "kode": "327601"}]}
    twice = {**BOGOR, "kecamatan": [kecamatan, kecamatan]}

    answers = [layanan.post("/v1/kantor", operator, body) for body in (outside, twice)]

    assert [a.status_code for a in answers] == [422, 422]
    assert "harus diawali" in answers[0].text
    assert "lebih dari sekali" in answers[1].text


def test_an_office_cannot_lose_the_size_of_its_paper(layanan: Layanan) -> None:
    path = "/v1/kantor/3276011006"
    admin = layanan.token("admin.pancoranmas", "admin_kecamatan", wilayah=["327601"])
    etag = layanan.client.get(path).headers["ETag"]

    refused = layanan.client.patch(path, json={"kertas": None}, headers={**admin, "If-Match": etag})

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/kertas"
