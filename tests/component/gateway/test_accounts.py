"""Accounts: made downwards and inside one's own area, never showing what they hide."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway import roles
from gateway.bootstrap import App
from gateway.check import run
from gateway.seed import Refused, administrator, demo
from gateway.settings import Settings
from persetujuan.seed import pejabat

NEW = {
    "akun": "loket2.depok",
    "nama": "Contoh Petugas",
    "peran": "petugas_loket",
    "wilayah": ["3276011006"],
    "sandi": "sandi-yang-panjang",
    "nik": "3276011203759123",
    "kk": "3276011203759124",
    "kontak": {"jenis": "email", "nilai": "Loket2@Kelurahan.example"},
}


def _make(client: FlaskClient, headers: dict[str, str], key: str, **fields: Any) -> Any:
    return client.post("/v1/akun", json={**NEW, **fields}, headers={**headers, "Idempotency-Key": key})


def test_an_account_is_made_once_and_shows_no_secret(staff: Any, client: FlaskClient, app: App) -> None:
    headers = staff("admin.pancoranmas")
    before = len(app.documents.unsent("3276", 1000))
    first = _make(client, headers, "kunci-0001")
    again = _make(client, headers, "kunci-0001")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    sent = [e.entry for e in app.documents.unsent("3276", 1000)][before:]
    assert sorted(e["topic"] for e in sent) == ["ekelurahan.acuan.v1", "ekelurahan.kontak.v1"]
    told = first.text + next(str(e) for e in sent if e["topic"].endswith("acuan.v1"))
    assert all(NEW[name] not in told for name in ("sandi", "nik", "kk"))
    assert first.get_json()["nik_tercatat"]
    assert (
        client.post("/v1/masuk/petugas", json={"akun": NEW["akun"], "sandi": NEW["sandi"]}).status_code == 200
    )


def test_an_id_is_taken_once(staff: Any, client: FlaskClient) -> None:
    headers = staff("admin.pancoranmas")
    answer = _make(client, headers, "kunci-0002", akun="lurah.depok")

    assert answer.status_code == 409
    assert answer.get_json()["type"].endswith(":akun-sudah-ada")


@pytest.mark.parametrize(
    ("admin", "fields", "status"),
    [
        ("admin.kel.depok", {}, 201),
        ("admin.kel.depok", {"wilayah": ["3276011007"]}, 403),
        ("admin.kel.depok", {"peran": "camat", "wilayah": ["327601"]}, 403),
        ("admin.kel.depok", {"peran": "admin_kantor"}, 403),
        ("admin.pancoranmas", {"peran": "camat", "wilayah": ["327601"]}, 201),
        ("admin.pancoranmas", {"peran": "camat", "wilayah": ["327605"]}, 403),
        ("admin.pancoranmas", {"peran": "operator", "wilayah": ["327601"]}, 403),
        ("operator", {"peran": "admin_kecamatan", "wilayah": ["327605"]}, 201),
        ("lurah.depok", {}, 403),
        ("admin.pancoranmas", {"sandi": "pendek"}, 422),
        ("admin.pancoranmas", {"sandi": None}, 422),
        ("admin.pancoranmas", {"wilayah": ["327601"]}, 422),
    ],
)
def test_who_may_make_whom(
    staff: Any, client: FlaskClient, admin: str, fields: dict[str, Any], status: int
) -> None:
    assert _make(client, staff(admin), "kunci-0003", **fields).status_code == status


def test_switching_an_account_off_ends_its_sessions(staff: Any, client: FlaskClient) -> None:
    lurah, admin = staff("lurah.depok"), staff("admin.kel.depok")
    found = client.get("/v1/akun/lurah.depok", headers=admin)
    assert client.get("/v1/saya", headers=lurah).status_code == 200

    url, off = "/v1/akun/lurah.depok", {"aktif": False}
    assert client.patch(url, json=off, headers=admin).status_code == 428
    assert client.patch(url, json=off, headers={**admin, "If-Match": '"99"'}).status_code == 412
    done = client.patch(url, json=off, headers={**admin, "If-Match": found.headers["ETag"]})

    assert done.get_json()["aktif"] is False
    assert client.get("/v1/saya", headers=lurah).status_code == 401
    again = client.post("/v1/masuk/petugas", json={"akun": "lurah.depok", "sandi": "demo-ekelurahan"})
    assert again.get_json()["type"].endswith(":akun-nonaktif")


def test_an_administrator_lists_and_reads_his_own_area_and_that_is_noted(
    staff: Any, resident: Any, client: FlaskClient, app: App
) -> None:
    resident("tak.terdaftar@warga.example")
    admin = staff("admin.pancoranmas")
    found, cursor = [], ""
    while True:
        page = client.get("/v1/akun", query_string={"batas": 10, "cursor": cursor}, headers=admin).get_json()
        found += page["akun"]
        cursor = page["cursor"]
        if not cursor:
            break

    assert {kode[:6] for a in found for kode in a["wilayah"]} == {"327601"}
    assert len(found) == 6 * 5 + 5
    assert client.get("/v1/akun/lurah.mekarjaya", headers=admin).status_code == 403
    assert client.get("/v1/akun/tiada", headers=admin).status_code == 404
    assert app.chain.count("audit", {}) >= 1


def test_the_first_administrator_is_made_on_the_machine(
    app: App, settings: Settings, client: FlaskClient
) -> None:
    fields = {
        "nama": "Contoh Operator",
        "peran": "operator",
        "wilayah": "3276",
        "sandi": "sandi-yang-panjang",
    }
    assert administrator(settings, akun="operator.depok", **fields)
    assert not administrator(settings, akun="operator.depok", **fields)
    with pytest.raises(Refused):
        administrator(settings, akun="operator.lain", **{**fields, "sandi": "pendek"})

    body = {"akun": "operator.depok", "sandi": "sandi-yang-panjang"}
    assert client.post("/v1/masuk/petugas", json=body).status_code == 200


def test_demo_people_are_seeded_once_and_refused_in_production(app: App, settings: Settings) -> None:
    first = demo(settings)
    counted = app.documents.count("akun", {})

    assert demo(settings) == first
    assert app.documents.count("akun", {}) == counted == len(set(first))
    assert {"loket.pancoranmas", "camat.pancoranmas", "kasi.kec.pancoranmas", "camat.sukmajaya"} <= set(first)
    with pytest.raises(Refused):
        demo(settings.model_copy(update={"env": "production"}))


def test_a_demo_official_has_one_name_in_every_service(people: App) -> None:
    for official in pejabat():
        account = people.direktori.get(official.akun)
        assert account is not None
        assert account.state["nama"] == official.nama.split(",")[0]
        assert (account.state["peran"], account.state["wilayah"]) == (official.peran, [official.kantor])


def test_the_check_finds_a_number_where_none_belongs(people: App, settings: Settings) -> None:
    assert [w for w in run(people)["wrong"] if w["invariant"] == "C9"] == []
    doc = people.documents.get("akun", "3276", "lurah.depok")
    assert doc is not None
    doc.body["state"]["nama"] = "3276011203759001"
    people.documents.replace("akun", doc, doc.rev)

    assert ("C9", "lurah.depok") in [(w["invariant"], w["id"]) for w in roles.check(settings)["wrong"]]
