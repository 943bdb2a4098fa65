"""Guessing is slowed for whoever guesses; a stranger blocks nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway import client as whence
from gateway.bootstrap import App
from gateway.tries import Rule

RIGHT = "demo-ekelurahan"
STRANGER, OFFICE = "203.0.113.7", "198.51.100.20"


def _sign_in(client: FlaskClient, akun: str, sandi: str, address: str, **more: Any) -> Any:
    body = {"akun": akun, "sandi": sandi, **more}
    return client.post("/v1/masuk/petugas", json=body, environ_base={"REMOTE_ADDR": address})


@pytest.mark.parametrize("akun", ["kasi.depok", "kasi.tiada"])
def test_ten_wrong_passwords_stop_that_client_for_a_while(
    people: App, client: FlaskClient, time: Any, akun: str
) -> None:
    for _ in range(10):
        assert _sign_in(client, akun, "salah-salah-salah", STRANGER).status_code == 401

    answer = _sign_in(client, akun, RIGHT, STRANGER)

    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 901
    time.moved = timedelta(minutes=15)
    assert _sign_in(client, akun, RIGHT, STRANGER).status_code == (200 if akun == "kasi.depok" else 401)


def test_a_stranger_who_guesses_does_not_stop_the_owner(people: App, client: FlaskClient) -> None:
    for _ in range(11):
        _sign_in(client, "kasi.depok", "salah-salah-salah", STRANGER)

    assert _sign_in(client, "kasi.depok", RIGHT, OFFICE).status_code == 200


def test_many_strangers_use_up_the_share_of_strangers_and_nothing_else(
    people: App, client: FlaskClient
) -> None:
    assert _sign_in(client, "kasi.depok", RIGHT, OFFICE).status_code == 200
    answers = [
        _sign_in(client, "kasi.depok", "salah-salah-salah", f"203.0.113.{n}").status_code for n in range(100)
    ]

    assert answers == [401] * 99 + [429]
    assert _sign_in(client, "kasi.depok", RIGHT, OFFICE).status_code == 200
    assert _sign_in(client, "kasi.depokjaya", RIGHT, "203.0.113.250").status_code == 200


def test_a_known_device_signs_in_from_anywhere_while_strangers_wait(people: App, client: FlaskClient) -> None:
    first = _sign_in(client, "kasi.depok", RIGHT, OFFICE, ingat_perangkat="HP kantor").get_json()
    for n in range(101):
        _sign_in(client, "kasi.depok", "salah-salah-salah", f"203.0.113.{n}")

    assert _sign_in(client, "kasi.depok", RIGHT, "192.0.2.9").status_code == 429
    answer = _sign_in(client, "kasi.depok", RIGHT, "192.0.2.9", perangkat=first["perangkat"])
    assert answer.status_code == 200


def test_the_device_of_another_account_is_no_known_device(people: App, client: FlaskClient) -> None:
    other = _sign_in(client, "loket.depok", RIGHT, STRANGER, ingat_perangkat="HP asing").get_json()
    for n in range(100):
        _sign_in(client, "kasi.depok", "salah-salah-salah", f"203.0.113.{n}")

    answer = _sign_in(client, "kasi.depok", RIGHT, STRANGER, perangkat=other["perangkat"])

    assert answer.status_code == 429


def test_who_tries_many_accounts_from_one_address_waits_too(people: App, client: FlaskClient) -> None:
    answers = [_sign_in(client, f"akun.ke{n}", "x", STRANGER).status_code for n in range(301)]

    assert answers == [401] * 300 + [429]
    assert _sign_in(client, "kasi.depok", RIGHT, OFFICE).status_code == 200


def test_a_right_password_also_forgets_a_try_made_at_this_moment(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete, others = app.documents.delete, [1]

    def meanwhile(*what: Any) -> bool:
        if others:
            others.pop()
            app.limits.take("sandi", "lurah", most=10, seconds=900)
        return delete(*what)

    monkeypatch.setattr(app.documents, "delete", meanwhile)
    app.limits.take("sandi", "lurah", most=10, seconds=900)
    app.limits.clear("sandi", "lurah")

    assert app.documents.count("batas", {}) == 0


def test_the_store_of_counters_holds_neither_account_nor_address(app: App) -> None:
    rule = Rule(kind="sandi", client=10, strangers=10, seconds=60)
    with Flask("x").test_request_context(environ_base={"REMOTE_ADDR": STRANGER}):
        attempt = app.tries.begin(rule, "akun.kasi.depok")
        attempt.failed()
        attempt.passed()

    kept = str(app.documents.find("batas", {}))
    assert "kasi" not in kept
    assert STRANGER not in kept


def test_strangers_asking_for_codes_do_not_stop_the_owner_from_asking(
    client: FlaskClient, behind: Any, time: Any
) -> None:
    contact = {"jenis": "email", "nilai": "dibanjiri@warga.example"}

    def ask(address: str) -> Any:
        return client.post("/v1/masuk/warga", json=contact, environ_base={"REMOTE_ADDR": address})

    first = ask(OFFICE).get_json()
    code = {"permintaan": first["permintaan"], "kode": behind.codes(contact["nilai"])[-1]}
    used = client.post("/v1/masuk/warga/kode", json=code, environ_base={"REMOTE_ADDR": OFFICE})
    strangers = [ask(f"203.0.113.{n}").status_code for n in range(12)]

    assert used.status_code == 200
    assert strangers == [202] * 9 + [429] * 3
    assert ask(OFFICE).status_code == 202


@pytest.mark.parametrize(
    ("proxies", "environ", "address"),
    [
        (0, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.1"}, "192.0.2.1"),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.1"}, "203.0.113.1"),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.1"}, "203.0.113.1"),
        (2, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.1, 10.0.0.2"}, "203.0.113.1"),
        (2, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.1"}, "10.0.0.1"),
        (0, {"REMOTE_ADDR": "2001:db8:1:2:3::4"}, "2001:db8:1:2::/64"),
        (0, {"REMOTE_ADDR": "::ffff:192.0.2.1"}, "192.0.2.1"),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "no address"}, "-"),
    ],
)
def test_an_address_is_what_our_own_proxies_saw(proxies: int, environ: dict[str, str], address: str) -> None:
    assert whence.address(environ, proxies) == address
