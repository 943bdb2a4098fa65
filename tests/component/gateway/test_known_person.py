"""A known person: a clerk saw the KTP, a slip binds it to whoever holds the paper; families; another contact (R1)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.akun import aktivasi, nomor
from gateway.app import create
from gateway.bootstrap import App
from web.problems import Problem

NIK = "3276011203959001"
PIN = "480213"
_keys = count()


def _slip(client: FlaskClient, clerk: dict[str, str], nik: str = NIK, kontak: str = "", key: str = "") -> Any:
    body: dict[str, Any] = {"ktp_dilihat": True, "nik": nik, "nama": "Contoh Warga"}
    if kontak:
        body["kontak"] = {"jenis": "email", "nilai": kontak}
    headers = {**clerk, "Idempotency-Key": key or f"slip-{next(_keys):06d}"}
    answer = client.post("/v1/warga", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def _use(client: FlaskClient, slip: Any, headers: dict[str, str] | None = None, **more: Any) -> Any:
    body = {"nomor": slip["nomor"], "kode": slip["kode"], **more}
    return client.post("/v1/warga/aktivasi", json=body, headers=headers or {})


def _pin(client: FlaskClient, number: str, pin: str = PIN, address: str = "127.0.0.1") -> Any:
    body = {"nomor": number, "pin": pin}
    return client.post("/v1/masuk/warga/pin", json=body, environ_base={"REMOTE_ADDR": address})


def _bearer(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def _slug(answer: Any) -> str:
    return str(answer.get_json()["type"]).rsplit(":", 1)[-1]


def _nik(n: int) -> str:
    return f"327601120395{9100 + n}"


@pytest.fixture
def clerk(staff: Any) -> dict[str, str]:
    headers: dict[str, str] = staff("loket.depok")
    return headers


def test_with_slip_and_own_pin_a_person_is_known(clerk: Any, client: FlaskClient, app: App) -> None:
    slip = _slip(client, clerk)
    used = _use(client, slip, pin=PIN)
    headers = _bearer(used)

    me = client.get("/v1/saya", headers=headers).get_json()
    klaim = client.get("/v1/permohonan", headers=headers).get_json()["klaim"]
    assert (me["peran"], me["tingkat"], me["nama"]) == ("warga", "dikenal", "Contoh Warga")
    assert klaim["nik_h"] == app.pseudonyms.of("nik", NIK)
    assert _bearer(_pin(client, slip["nomor"]))
    assert (
        client.get("/v1/saya", headers=_bearer(_pin(client, slip["nomor"]))).get_json()["akun"] == me["akun"]
    )


def test_what_the_clerk_saw_is_recorded_and_the_store_holds_no_nik_code_or_pin(
    clerk: Any, client: FlaskClient, app: App
) -> None:
    slip = _slip(client, clerk)
    _use(client, slip, pin=PIN)

    actions = [e.body["action"] for e in app.chain.find("audit", {"scope": "3276011006"})]
    assert actions == ["ktp.dilihat", "warga.dikenal"]
    kept = "".join(str(app.documents.find(name, {})) for name in ("akun", "slip", "batas", "perangkat"))
    kept += str(app.chain.find("audit", {}))
    code = slip["kode"].replace("-", "")
    assert all(secret not in kept for secret in (NIK, code, f"'{PIN}'"))


def test_a_slip_names_no_nik_and_works_from_its_picture(clerk: Any, client: FlaskClient) -> None:
    slip = _slip(client, clerk)

    assert NIK not in str(slip)
    assert slip["qr_svg"].startswith("<svg")
    number, code = slip["tautan"].rsplit("#", 1)[1].split(".")
    assert _use(client, {"nomor": number, "kode": code}, pin=PIN).status_code == 200


def test_a_slip_works_once_and_for_seven_days(clerk: Any, client: FlaskClient, time: Any) -> None:
    first, late = _slip(client, clerk), _slip(client, clerk, _nik(1))

    assert _use(client, first, pin=PIN).status_code == 200
    again = _use(client, first, pin=PIN)
    assert (again.status_code, _slug(again)) == (401, "kode-aktivasi-salah")
    time.moved = timedelta(days=7)
    assert _slug(_use(client, late, pin=PIN)) == "kode-aktivasi-salah"


def test_the_same_request_prints_the_same_slip(clerk: Any, client: FlaskClient) -> None:
    first = _slip(client, clerk, key="kunci-slip-1")
    assert _slip(client, clerk, key="kunci-slip-1") == first

    body = {"ktp_dilihat": True, "nik": _nik(2), "nama": "Contoh Warga"}
    other = client.post("/v1/warga", json=body, headers={**clerk, "Idempotency-Key": "kunci-slip-1"})
    assert (other.status_code, _slug(other)) == (422, "kunci-dipakai-lain")


def test_a_known_and_an_unknown_nik_are_answered_alike(clerk: Any, client: FlaskClient) -> None:
    _use(client, _slip(client, clerk), pin=PIN)

    def answer(nik: str) -> Any:
        body = {"ktp_dilihat": True, "nik": nik, "nama": "Contoh Warga"}
        return client.post("/v1/warga", json=body, headers={**clerk, "Idempotency-Key": f"nik-{nik}"})

    known, unknown = answer(NIK), answer(_nik(3))
    changing = {"X-Request-Id", "Content-Length", "ETag"}
    assert known.status_code == unknown.status_code == 201
    assert known.get_json().keys() == unknown.get_json().keys()
    assert {k: v for k, v in known.headers.items() if k not in changing} == {
        k: v for k, v in unknown.headers.items() if k not in changing
    }
    assert len(known.get_json()["tautan"]) == len(unknown.get_json()["tautan"])


def test_known_and_unknown_numbers_are_refused_alike(clerk: Any, client: FlaskClient) -> None:
    slip = _slip(client, clerk)
    _use(client, slip, pin=PIN)
    nobody = nomor.printed(nomor.make(123456789))

    answers = [_pin(client, number, "111111") for number in (slip["nomor"], nobody)]
    answers += [_use(client, {"nomor": n, "kode": "ABCD-EFGH"}, pin=PIN) for n in (slip["nomor"], nobody)]

    bodies = [{k: v for k, v in a.get_json().items() if k != "request_id"} for a in answers]
    heads = [{k: v for k, v in a.headers.items() if k != "X-Request-Id"} for a in answers]
    assert [a.status_code for a in answers] == [401] * 4
    assert bodies[0] == bodies[1]
    assert bodies[2] == bodies[3]
    assert heads[0] == heads[1]
    assert heads[2] == heads[3]


def test_pins_are_not_guessed_and_strangers_block_nobody(clerk: Any, client: FlaskClient) -> None:
    slip = _slip(client, clerk)
    _use(client, slip, pin=PIN)
    strangers = [_pin(client, slip["nomor"], "000000", f"203.0.113.{n}").status_code for n in range(21)]

    assert strangers == [401] * 20 + [429]
    assert [_pin(client, slip["nomor"], "000000").status_code for _ in range(5)] == [401] * 5
    assert _pin(client, slip["nomor"]).status_code == 429
    assert _pin(client, slip["nomor"], PIN, "203.0.113.99").status_code == 429


def test_a_slip_lost_to_a_stranger_is_replaced_by_the_next_one(clerk: Any, client: FlaskClient) -> None:
    lost = _slip(client, clerk)
    thief = _bearer(_use(client, lost, pin="999999"))
    again = _slip(client, clerk)

    owner = _use(client, again, pin=PIN)

    assert client.get("/v1/saya", headers=thief).status_code == 401
    assert _slug(_pin(client, lost["nomor"], "999999")) == "pin-salah"
    assert client.get("/v1/saya", headers=_bearer(owner)).get_json()["tingkat"] == "dikenal"


def test_in_the_session_of_a_contact_the_account_itself_becomes_known(
    clerk: Any, client: FlaskClient, resident: Any
) -> None:
    contact = resident("ibu@warga.example")
    before = client.get("/v1/saya", headers=contact).get_json()

    used = _use(client, _slip(client, clerk, kontak="ibu@warga.example"), contact)

    assert used.get_json()["akun"]["akun"] == before["akun"]
    assert used.get_json()["akun"]["tingkat"] == "dikenal"
    assert client.get("/v1/saya", headers=contact).status_code == 401
    assert client.get("/v1/saya", headers=resident("ibu@warga.example")).get_json()["tingkat"] == "dikenal"


def test_a_slip_for_one_contact_is_worth_nothing_in_the_session_of_another(
    clerk: Any, client: FlaskClient, resident: Any
) -> None:
    slip = _slip(client, clerk, kontak="ibu@warga.example")

    assert _slug(_use(client, slip, resident("orang.lain@warga.example"))) == "kode-aktivasi-salah"
    assert _use(client, slip, resident("ibu@warga.example")).status_code == 200


def test_a_mistyped_contact_gives_a_stranger_nothing(clerk: Any, client: FlaskClient, resident: Any) -> None:
    slip = _slip(client, clerk, kontak="salah.ketik@warga.example")
    _use(client, slip, pin=PIN)

    stranger = client.get("/v1/saya", headers=resident("salah.ketik@warga.example")).get_json()

    assert (stranger["tingkat"], stranger["nama"], stranger["keluarga"]) == ("kontak", "", [])


def test_one_contact_serves_six_persons_and_each_sees_his_own(
    clerk: Any, client: FlaskClient, resident: Any
) -> None:
    contact = resident("keluarga@warga.example")
    for n in range(6):
        contact = _bearer(_use(client, _slip(client, clerk, _nik(10 + n)), contact))

    seventh = _use(client, _slip(client, clerk, _nik(16)), contact)
    assert (seventh.status_code, _slug(seventh)) == (409, "keluarga-penuh")
    me = client.get("/v1/saya", headers=contact).get_json()
    assert len(me["keluarga"]) == 5
    other = client.post("/v1/sesi/ganti", json={"akun": me["keluarga"][0]["akun"]}, headers=contact)
    assert other.get_json()["akun"]["akun"] == me["keluarga"][0]["akun"]
    assert client.get("/v1/saya", headers=contact).status_code == 401


def test_seats_are_given_once_however_many_ask_at_once(
    clerk: Any, client: FlaskClient, resident: Any, app: App
) -> None:
    contact = resident("ramai@warga.example")
    slips = [_slip(client, clerk, _nik(30 + n)) for n in range(9)]
    account = app.direktori.get(client.get("/v1/saya", headers=contact).get_json()["akun"])

    def use(slip: Any) -> str:
        read = app.slips.read(nomor.read(slip["nomor"]), slip["kode"])
        try:
            return aktivasi.bind(app.direktori, read, None, account, lambda account: None).id
        except Problem as refused:
            return refused.slug

    with ThreadPoolExecutor(9) as pool:
        results = list(pool.map(use, slips))

    assert account is not None
    assert len(app.direktori.family(account.id)) == 6
    assert results.count("keluarga-penuh") >= 3


def test_a_pin_session_shows_and_becomes_nobody_else_of_the_family(
    clerk: Any, client: FlaskClient, resident: Any
) -> None:
    _use(client, _slip(client, clerk, _nik(50)), resident("rumah@warga.example"))
    child = _slip(client, clerk, _nik(51))
    _use(client, child, resident("rumah@warga.example"), pin=PIN)
    mother = client.get("/v1/saya", headers=resident("rumah@warga.example")).get_json()["akun"]

    by_pin = _bearer(_pin(client, child["nomor"]))

    assert client.get("/v1/saya", headers=by_pin).get_json()["keluarga"] == []
    assert client.post("/v1/sesi/ganti", json={"akun": mother}, headers=by_pin).status_code == 404


def test_a_family_is_closed_to_others(clerk: Any, client: FlaskClient, resident: Any) -> None:
    mine, other = resident("satu@warga.example"), resident("dua@warga.example")
    id = client.get("/v1/saya", headers=other).get_json()["akun"]

    assert client.post("/v1/sesi/ganti", json={"akun": id}, headers=mine).status_code == 404


@pytest.mark.parametrize("peran", ["kasi.depok", "lurah.depok", "admin.kel.depok", "operator"])
def test_only_the_counter_prints_slips(staff: Any, client: FlaskClient, peran: str) -> None:
    body = {"ktp_dilihat": True, "nik": NIK, "nama": "Contoh Warga"}
    headers = {**staff(peran), "Idempotency-Key": "kunci-0001"}

    assert client.post("/v1/warga", json=body, headers=headers).status_code == 403


def test_staff_use_no_slips(clerk: Any, client: FlaskClient) -> None:
    assert _use(client, _slip(client, clerk), clerk).status_code == 403


def _change(client: FlaskClient, behind: Any, headers: dict[str, str], new: str, old: str = "") -> Any:
    asked = client.post("/v1/saya/kontak", json={"jenis": "email", "nilai": new}, headers=headers)
    if asked.status_code != 202:
        return asked
    body = {"permintaan": asked.get_json()["permintaan"], "kode": behind.codes(new)[-1]}
    if asked.get_json()["permintaan_lama"]:
        body |= {"permintaan_lama": asked.get_json()["permintaan_lama"], "kode_lama": behind.codes(old)[-1]}
    return client.post("/v1/saya/kontak/kode", json=body, headers=headers)


def test_a_new_contact_needs_codes_of_both(client: FlaskClient, resident: Any, behind: Any) -> None:
    headers = resident("lama@warga.example")
    id = client.get("/v1/saya", headers=headers).get_json()["akun"]
    asked = client.post(
        "/v1/saya/kontak", json={"jenis": "email", "nilai": "baru@warga.example"}, headers=headers
    )
    half = {"permintaan": asked.get_json()["permintaan"], "kode": behind.codes("baru@warga.example")[-1]}
    assert client.post("/v1/saya/kontak/kode", json=half, headers=headers).status_code == 401

    done = _change(client, behind, headers, "baru@warga.example", "lama@warga.example")

    assert done.get_json()["akun"]["akun"] == id
    assert client.get("/v1/saya", headers=headers).status_code == 401
    assert client.get("/v1/saya", headers=resident("baru@warga.example")).get_json()["akun"] == id
    assert client.get("/v1/saya", headers=resident("lama@warga.example")).get_json()["akun"] != id


def test_without_an_old_contact_the_counter_decides(
    clerk: Any, client: FlaskClient, behind: Any, app: App
) -> None:
    slip = _slip(client, clerk, kontak="dari.loket@warga.example")
    headers = _bearer(_use(client, slip, pin=PIN))

    other = _change(client, behind, headers, "lain@warga.example")
    assert (other.status_code, _slug(other)) == (403, "kontak-lewat-loket")
    assert _change(client, behind, headers, "dari.loket@warga.example").status_code == 200
    told = [e.entry for e in app.documents.unsent("3276", 1000) if e.entry["topic"] == "ekelurahan.kontak.v1"]
    assert re.search("dari.loket@warga.example", str(told[-1]))


def test_a_lost_phone_is_replaced_at_the_counter(
    clerk: Any, client: FlaskClient, resident: Any, behind: Any
) -> None:
    _use(client, _slip(client, clerk), resident("hp.hilang@warga.example"))
    again = _slip(client, clerk, kontak="hp.baru@warga.example")

    moved = _use(client, again, resident("hp.baru@warga.example"))

    assert moved.get_json()["akun"]["tingkat"] == "dikenal"
    finder = client.get("/v1/saya", headers=resident("hp.hilang@warga.example")).get_json()
    assert (finder["tingkat"], finder["keluarga"]) == ("kontak", [])


def test_the_contact_of_somebody_else_is_not_taken(client: FlaskClient, resident: Any, behind: Any) -> None:
    resident("tetangga@warga.example")
    headers = resident("saya@warga.example")

    taken = _change(client, behind, headers, "tetangga@warga.example", "saya@warga.example")

    assert (taken.status_code, _slug(taken)) == (409, "kontak-dipakai")


def test_every_single_wrong_digit_of_a_number_is_noticed() -> None:
    number = nomor.make(482173065)
    for place in range(10):
        for digit in "0123456789":
            typed = number[:place] + digit + number[place + 1 :]
            if typed != number:
                with pytest.raises(Problem):
                    nomor.read(typed)
    assert nomor.read(nomor.printed(number)) == number


def test_slips_outlive_a_restart(clerk: Any, client: FlaskClient, app: App) -> None:
    slip = _slip(client, clerk)

    assert _use(create(app).test_client(), slip, pin=PIN).status_code == 200
