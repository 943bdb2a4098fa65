"""Everybody comes through one front end, and is counted alone; nobody else can say who he is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from component.gateway.conftest import Front
from frontend.pengunjung import Pengunjung
from gateway import client as whence
from gateway.bootstrap import App

SARI, BUDI = "203.0.113.7", "198.51.100.20"


@pytest.fixture
def key(app: App) -> Path:
    return app.settings.visitor_keys()


def _wrong(page: FlaskClient, address: str, **headers: str) -> int:
    form = {"akun": "kasi.depok", "sandi": "salah-salah-salah"}
    seen = {"REMOTE_ADDR": address}
    return page.post("/masuk/petugas", data=form, environ_base=seen, headers=headers).status_code


def test_two_visitors_of_one_front_end_have_tries_of_their_own(people: App, muka: Front) -> None:
    page = muka(0)

    assert [_wrong(page, SARI) for _ in range(11)] == [401] * 10 + [429]
    assert _wrong(page, BUDI) == 401


def test_a_visitor_is_who_the_front_ends_own_proxy_saw_whatever_he_writes_himself(
    people: App, muka: Front
) -> None:
    page = muka(1)
    told = [f"192.0.2.{n}, {SARI}" for n in range(11)]

    assert [_wrong(page, "10.0.0.1", **{"X-Forwarded-For": t}) for t in told] == [401] * 10 + [429]


@pytest.mark.parametrize("header", ["{forged}", "{forged} ", "{forged} {other}", "{forged} ÿ", "{proof}"])
def test_a_stranger_at_the_gateway_cannot_say_that_he_is_another(app: App, key: Path, header: str) -> None:
    proof, other = (whence.proof(key.read_text().strip(), who) for who in ("192.0.2.1", BUDI))
    said = header.format(forged="192.0.2.1", other=other, proof=proof)

    assert app.clients({"REMOTE_ADDR": SARI, whence.HEADER: said}) == SARI


def test_what_a_client_says_of_himself_leaves_his_tries_as_they_are(people: App, client: FlaskClient) -> None:
    body = {"akun": "kasi.depok", "sandi": "salah-salah-salah"}

    def tried(n: int) -> int:
        said = {"X-Pengunjung": f"192.0.2.{n} {'0' * 64}", "X-Forwarded-For": f"192.0.2.{n}"}
        where = {"REMOTE_ADDR": SARI}
        return client.post("/v1/masuk/petugas", json=body, headers=said, environ_base=where).status_code

    assert [tried(n) for n in range(11)] == [401] * 10 + [429]


def test_the_front_end_and_the_gateway_prove_alike_and_see_households(app: App, key: Path) -> None:
    with Flask("x").test_request_context(environ_base={"REMOTE_ADDR": "2001:db8:1:2:3::4"}):
        said = Pengunjung(0, key, harus=True)()

    assert (
        app.clients({"REMOTE_ADDR": "10.0.0.1", whence.HEADER: said["X-Pengunjung"]}) == "2001:db8:1:2::/64"
    )


def test_another_front_end_has_a_key_of_its_own_which_can_be_taken_back(app: App, key: Path) -> None:
    own = key.read_text()
    environ = {
        "REMOTE_ADDR": "10.0.0.1",
        whence.HEADER: f"{BUDI} {whence.proof('kunci-kelurahan-lain', BUDI)}",
    }
    try:
        assert app.clients(environ) == "10.0.0.1"
        key.write_text(f"{own}kunci-kelurahan-lain\n")
        assert app.clients(environ) == BUDI
    finally:
        key.write_text(own)
    assert app.clients(environ) == "10.0.0.1"


def test_a_service_never_sees_who_visits(staff: Any, client: FlaskClient, key: Path) -> None:
    said = {"X-Pengunjung": f"{BUDI} {whence.proof(key.read_text().strip(), BUDI)}"}

    seen = client.get("/v1/permohonan", headers={**staff("kasi.depok"), **said}).get_json()

    assert BUDI not in str(seen)


def test_a_front_end_without_a_key_says_so_until_it_has_one(tmp_path: Path) -> None:
    file = tmp_path / "pengunjung.key"
    visitors = Pengunjung(0, file, harus=False)
    with Flask("x").test_request_context(environ_base={"REMOTE_ADDR": SARI}):
        assert visitors() == {}
        assert str(file) in visitors.kurang()
        whence.ensure(tmp_path)
        assert visitors()["X-Pengunjung"].startswith(f"{SARI} ")
        assert not visitors.kurang()


@pytest.mark.parametrize("told", ["", "tidak ada", "203.0.113.7\nX-Lain: y", "ÿ"])
def test_what_is_no_address_is_not_told(tmp_path: Path, told: str) -> None:
    whence.ensure(tmp_path)
    visitors = Pengunjung(1, tmp_path / whence.FILE, harus=True)
    with Flask("x").test_request_context(environ_base={"HTTP_X_FORWARDED_FOR": told}):
        assert visitors() == {}


def test_a_key_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Pengunjung(0, tmp_path / "tiada", harus=True)


def test_misses_of_one_visitor_let_another_track_his_case(app: App, key: Path, client: FlaskClient) -> None:
    """The watch over receipts counts visitors too."""

    def said(who: str) -> dict[str, str]:
        return {"X-Pengunjung": f"{who} {whence.proof(key.read_text().strip(), who)}"}

    for _ in range(100):
        client.post("/v1/lacak", json={}, headers=said(SARI))

    assert client.post("/v1/lacak", json={}, headers=said(SARI)).status_code == 429
    assert client.post("/v1/lacak", json={}, headers=said(BUDI)).status_code != 429
