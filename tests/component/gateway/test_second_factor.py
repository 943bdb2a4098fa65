"""Who signs letters proves a second thing: an authenticator app, or a device registered with one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.causes import Cause, Decision
from gateway.bootstrap import App
from gateway.demo import TOTP
from gateway.masuk import totp

RIGHT = "demo-ekelurahan"
LURAH = {"akun": "lurah.depok", "sandi": RIGHT}


def _code(time: Any, step: int = 0, secret: str = TOTP) -> str:
    return totp.code(secret, int(time().timestamp()) // totp.STEP + step)


def _sign_in(client: FlaskClient, **more: Any) -> Any:
    return client.post("/v1/masuk/petugas", json={**LURAH, **more})


def _slug(answer: Any) -> str:
    return str(answer.get_json()["type"]).rsplit(":", 1)[-1]


# RFC 6238 appendix B, SHA-1, the last six of eight digits.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds // totp.STEP) == code


def test_a_lurah_without_a_code_is_asked_for_one(people: App, client: FlaskClient) -> None:
    answer = _sign_in(client)

    assert (answer.status_code, _slug(answer)) == (401, "totp-wajib")


def test_a_clerk_is_not(people: App, client: FlaskClient) -> None:
    body = {"akun": "loket.depok", "sandi": RIGHT}

    assert client.post("/v1/masuk/petugas", json=body).status_code == 200


def test_with_a_wrong_password_nothing_is_said_of_codes(people: App, client: FlaskClient, time: Any) -> None:
    answer = client.post("/v1/masuk/petugas", json={**LURAH, "sandi": "salah", "totp": _code(time)})

    assert (answer.status_code, _slug(answer)) == (401, "sandi-salah")


def test_each_code_is_good_once(people: App, client: FlaskClient, time: Any) -> None:
    code = _code(time)
    first, again = _sign_in(client, totp=code), _sign_in(client, totp=code)

    assert first.status_code == 200
    assert (again.status_code, _slug(again)) == (401, "totp-salah")
    time.moved = timedelta(seconds=30)
    assert _sign_in(client, totp=_code(time)).status_code == 200


@pytest.mark.parametrize(("step", "status"), [(-2, 401), (-1, 200), (1, 200), (2, 401)])
def test_a_clock_may_be_half_a_minute_wrong(
    people: App, client: FlaskClient, time: Any, step: int, status: int
) -> None:
    assert _sign_in(client, totp=_code(time, step)).status_code == status


def test_ten_wrong_codes_stop_even_who_has_the_password(people: App, client: FlaskClient, time: Any) -> None:
    wrong = f"{(int(_code(time)) + 1) % 10**6:06d}"
    for n in range(10):
        base = {"REMOTE_ADDR": f"203.0.113.{n}"}
        assert (
            client.post("/v1/masuk/petugas", json={**LURAH, "totp": wrong}, environ_base=base).status_code
            == 401
        )

    assert _sign_in(client, totp=_code(time)).status_code == 429


def test_a_registered_phone_stays_signed_in_twelve_hours_without_another_code(
    people: App, client: FlaskClient, time: Any
) -> None:
    first = _sign_in(client, totp=_code(time), ingat_perangkat="HP Bu Lurah").get_json()
    headers = {"Authorization": f"Bearer {first['token']}"}

    assert _sign_in(client, perangkat=first["perangkat"]).status_code == 200
    assert _slug(_sign_in(client, perangkat=first["perangkat"][:-1] + "x")) == "totp-wajib"
    time.moved = timedelta(hours=11, minutes=59)
    assert client.get("/v1/saya", headers=headers).status_code == 200
    time.moved = timedelta(hours=12)
    assert client.get("/v1/saya", headers=headers).status_code == 401
    assert _slug(_sign_in(client, perangkat=first["perangkat"])) == "totp-wajib"


def test_enrolment_shows_the_secret_until_the_first_right_code_and_an_admin_takes_it_back(
    staff: Any, people: App, client: FlaskClient, time: Any
) -> None:
    admin = staff("admin.kel.depok")
    before = client.get("/v1/akun/lurah.depok", headers=admin)
    lost = client.patch(
        "/v1/akun/lurah.depok",
        json={"totp_hapus": True},
        headers={**admin, "If-Match": before.headers["ETag"]},
    )
    assert lost.get_json()["totp_terpasang"] is False
    assert _slug(_sign_in(client, totp=_code(time))) == "totp-belum-dipasang"

    shown = client.post("/v1/masuk/petugas/totp", json=LURAH).get_json()
    assert shown["uri"] == totp.uri(shown["rahasia"], "lurah.depok")
    assert _sign_in(client, totp=_code(time, secret=shown["rahasia"])).status_code == 200
    again = client.post("/v1/masuk/petugas/totp", json=LURAH)
    assert (again.status_code, _slug(again)) == (409, "totp-sudah-dipasang")
    assert shown["rahasia"] not in str(people.documents.get("akun", "3276", "lurah.depok"))


def test_the_loss_of_a_phone_ends_its_sessions_and_its_registration(
    staff: Any, people: App, client: FlaskClient, time: Any
) -> None:
    first = _sign_in(client, totp=_code(time, -1), ingat_perangkat="HP Bu Lurah").get_json()
    admin = staff("admin.kel.depok")
    before = client.get("/v1/akun/lurah.depok", headers=admin)
    client.patch(
        "/v1/akun/lurah.depok",
        json={"totp_hapus": True},
        headers={**admin, "If-Match": before.headers["ETag"]},
    )

    assert client.get("/v1/saya", headers={"Authorization": f"Bearer {first['token']}"}).status_code == 401
    assert _slug(_sign_in(client, perangkat=first["perangkat"])) == "totp-belum-dipasang"


PLH = {"cara": "plh", "untuk": "Lurah Depok"}
KASI = {"akun": "kasi.depok", "sandi": RIGHT}


def _heard(people: App, wewenang: Any, number: int = 1) -> None:
    """The order about the kasi of Depok came."""

    def decide(state: Any, at: Any) -> Decision:
        return Decision({"akun": "kasi.depok", "wewenang": wewenang})

    people.rujukan.update("acuan", "pejabat.kasi.depok", decide, Cause.command(f"test:{number}"))


def _kasi(client: FlaskClient, **more: Any) -> Any:
    return client.post("/v1/masuk/petugas", json={**KASI, **more})


def _install(client: FlaskClient) -> str:
    return str(client.post("/v1/masuk/petugas/totp", json=KASI).get_json()["rahasia"])


def test_who_stands_in_for_a_signer_needs_one_that_long(people: App, client: FlaskClient) -> None:
    _heard(people, PLH, 1)
    assert _slug(_kasi(client)) == "totp-belum-dipasang"
    _heard(people, None, 2)
    assert _kasi(client).status_code == 200


def test_a_session_from_before_the_order_ends_when_it_is_believed_anew(
    people: App, client: FlaskClient, time: Any
) -> None:
    session = _kasi(client).get_json()["token"]
    headers = {"Authorization": f"Bearer {session}"}
    assert client.get("/v1/saya", headers=headers).status_code == 200
    _heard(people, PLH)
    people.exchange.forget_account("kasi.depok")  # a minute later

    answer = client.get("/v1/saya", headers=headers)

    assert (answer.status_code, _slug(answer)) == (401, "belum-masuk")
    assert "autentikator" in answer.get_json()["detail"]
    secret = _install(client)
    again = _kasi(client, totp=_code(time, secret=secret)).get_json()["token"]
    assert client.get("/v1/saya", headers={"Authorization": f"Bearer {again}"}).status_code == 200


def test_until_then_nothing_is_confirmed_by_the_password_alone(
    people: App, client: FlaskClient, time: Any
) -> None:
    headers = {"Authorization": f"Bearer {_kasi(client).get_json()['token']}"}
    body = {"sandi": RIGHT, "ids": ["0199-tugas-a"]}
    assert client.post("/v1/masuk/konfirmasi", json=body, headers=headers).status_code == 200
    _heard(people, PLH)

    assert _slug(client.post("/v1/masuk/konfirmasi", json=body, headers=headers)) == "totp-belum-dipasang"
    secret = _install(client)
    assert _slug(client.post("/v1/masuk/konfirmasi", json=body, headers=headers)) == "totp-wajib"
    proof = {"totp": _code(time, secret=secret), "ids": body["ids"]}
    assert client.post("/v1/masuk/konfirmasi", json=proof, headers=headers).status_code == 200
    people.exchange.forget_account("kasi.depok")
    assert client.get("/v1/saya", headers=headers).status_code == 200  # the session has its second factor now
    assert client.post("/v1/masuk/konfirmasi", json=body, headers=headers).status_code == 200


def test_who_has_a_secret_may_give_a_code_before_he_must(people: App, client: FlaskClient, time: Any) -> None:
    """The demo's seklur has one at hand: with it, his session outlives the order that makes him a signer."""
    body = {"akun": "seklur.depok", "sandi": RIGHT}
    assert client.post("/v1/masuk/petugas", json=body).status_code == 200
    wrong = f"{(int(_code(time)) + 1) % 10**6:06d}"
    assert _slug(client.post("/v1/masuk/petugas", json={**body, "totp": wrong})) == "totp-salah"

    session = client.post("/v1/masuk/petugas", json={**body, "totp": _code(time)}).get_json()["token"]

    def decide(state: Any, at: Any) -> Decision:
        return Decision({"akun": "seklur.depok", "wewenang": PLH})

    people.rujukan.update("acuan", "pejabat.seklur.depok", decide, Cause.command("test:seklur"))
    people.exchange.forget_account("seklur.depok")
    headers = {"Authorization": f"Bearer {session}"}
    assert client.get("/v1/saya", headers=headers).status_code == 200
    assert (
        _slug(client.post("/v1/masuk/petugas", json=body)) == "totp-wajib"
    )  # installed by its first right code


def test_a_phone_registered_with_a_password_alone_is_no_second_factor(
    people: App, client: FlaskClient, time: Any
) -> None:
    phone = _kasi(client, ingat_perangkat="HP Pak Kasi").get_json()["perangkat"]
    _heard(people, PLH)

    assert _slug(_kasi(client, perangkat=phone)) == "totp-belum-dipasang"
    secret = _install(client)
    assert _slug(_kasi(client, perangkat=phone)) == "totp-wajib"
    assert _kasi(client, perangkat=phone, totp=_code(time, secret=secret)).status_code == 200


def test_a_secret_opens_for_its_owner_only(app: App) -> None:
    locked = app.safe.lock("lurah.depok", TOTP)

    assert app.safe.open("lurah.depok", locked) == TOTP
    with pytest.raises(ValueError):
        app.safe.open("camat.pancoranmas", locked)


def test_one_sees_and_ends_ones_sessions(staff: Any, client: FlaskClient) -> None:
    phone, desk = staff("loket.depok"), staff("loket.depok")
    listed = client.get("/v1/sesi", headers=desk).get_json()["sesi"]
    other = next(s["id"] for s in listed if not s["sekarang"])

    assert [s["lewat"] for s in listed] == ["sandi", "sandi"]
    assert client.delete(f"/v1/sesi/{other}", headers=desk).status_code == 204
    assert client.get("/v1/saya", headers=phone).status_code == 401
    assert client.get("/v1/saya", headers=desk).status_code == 200
    assert client.delete(f"/v1/sesi/{other}", headers=desk).status_code == 404


def test_nobody_ends_the_session_of_another(staff: Any, client: FlaskClient) -> None:
    mine, other = staff("loket.depok"), staff("kasi.depok")
    id = client.get("/v1/sesi", headers=other).get_json()["sesi"][0]["id"]

    assert client.delete(f"/v1/sesi/{id}", headers=mine).status_code == 404
    assert client.get("/v1/saya", headers=other).status_code == 200


def test_a_code_confirms_as_the_password_does(staff: Any, client: FlaskClient, time: Any) -> None:
    headers = staff("lurah.depok")
    time.moved = timedelta(seconds=90)
    body = {"totp": _code(time), "ids": ["0199-tugas-a"]}

    assert client.post("/v1/masuk/konfirmasi", json=body, headers=headers).status_code == 200
    again = client.post("/v1/masuk/konfirmasi", json=body, headers=headers)
    assert (again.status_code, _slug(again)) == (401, "totp-salah")
    neither = client.post("/v1/masuk/konfirmasi", json={"ids": body["ids"]}, headers=headers)
    assert (neither.status_code, _slug(neither)) == (401, "totp-wajib")
