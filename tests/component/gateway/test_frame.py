"""Browsers: named front ends may read, others may not, nothing rides on a cookie; receipts are not guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError

from gateway import bootstrap
from gateway.app import create
from gateway.settings import Settings

FRONT = "https://layanan.example"
ASK = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture
def browsed(settings: Settings) -> Iterator[FlaskClient]:
    named = settings.model_copy(update={"origins": f"{FRONT},http://localhost:8090", "site_url": FRONT})
    bootstrap.migrate(named)
    app = bootstrap.build(named)
    yield create(app).test_client()
    app.close()


@pytest.mark.parametrize("path", ["/v1/masuk/petugas", "/v1/permohonan", "/v1/berkas", "/v1/tiada"])
def test_a_named_front_end_may_ask_and_read(browsed: FlaskClient, path: str) -> None:
    answer = browsed.options(path, headers={**ASK, "Origin": FRONT})

    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == FRONT
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert {"authorization", "idempotency-key", "if-match", "x-konfirmasi"} <= set(allowed.split(", "))
    assert "Access-Control-Allow-Credentials" not in answer.headers
    read = browsed.get(path, headers={"Origin": "http://localhost:8090"})
    assert read.headers["Access-Control-Allow-Origin"] == "http://localhost:8090"
    assert "ETag" in read.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "origin", ["https://jahat.example", "null", "https://layanan.example.jahat.example", ""]
)
def test_no_other_page_may_read(browsed: FlaskClient, origin: str) -> None:
    asked = browsed.options("/v1/permohonan", headers={**ASK, "Origin": origin})
    read = browsed.get("/v1/permohonan", headers={"Origin": origin})

    for answer in (asked, read):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
        assert "Origin" in answer.headers["Vary"]


def test_without_a_setting_no_origin_is_allowed(client: FlaskClient) -> None:
    answer = client.options("/v1/permohonan", headers={**ASK, "Origin": FRONT})

    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("origins", ["*", "layanan.example", "https://a.example/", "https://a.example b"])
def test_an_origin_is_named_exactly(settings: Settings, origins: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({**settings.model_dump(), "origins": origins})


@pytest.mark.parametrize("path", ["/", "/v1/permohonan", "/v1/surat/1/length", "/v1/masuk/petugas", "/tiada"])
def test_every_answer_tells_browsers_to_be_careful(browsed: FlaskClient, path: str) -> None:
    headers = browsed.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert len(headers.get_all("X-Content-Type-Options")) == 1
    pdf = headers["Content-Type"].startswith("application/pdf")
    assert ("Content-Security-Policy" in headers) is not pdf
    assert "Set-Cookie" not in headers


def test_a_site_without_tls_does_not_promise_it(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/v1/permohonan").headers


def test_a_cookie_signs_nobody_in(staff: Any, client: FlaskClient) -> None:
    token = staff("loket.depok")["Authorization"].removeprefix("Bearer ")
    for name in ("token", "session", "Authorization"):
        client.set_cookie(name, token)

    assert client.get("/v1/saya").status_code == 401


def test_who_misses_too_many_receipts_waits_and_others_do_not(client: FlaskClient) -> None:
    def ask(address: str) -> int:
        body = {"nomor_resi": "011006-7KQM-2XPA-D", "rahasia": "x"}
        return client.post("/v1/lacak", json=body, environ_base={"REMOTE_ADDR": address}).status_code

    assert [ask("203.0.113.7") for _ in range(101)] == [404] * 100 + [429]
    assert ask("203.0.113.8") == 404
