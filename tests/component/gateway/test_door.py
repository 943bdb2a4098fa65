"""The door: what passes, what stops, what is said when a service is away."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway import bootstrap, headers
from gateway.app import create
from gateway.settings import Settings

LIES = {
    "X-Peran": "camat",
    "X-Sub": "camat.pancoranmas",
    "X-Forwarded-User": "camat",
    "X-Forwarded-For": "10.0.0.1",
    "Forwarded": "for=10.0.0.1",
    "Cookie": "sesi=1",
    "Proxy-Authorization": "Basic eDp5",
    "TE": "trailers",
    "Connection": "close, Idempotency-Key",
    "Idempotency-Key": "named-by-connection",
}


def test_what_a_client_says_about_itself_stops_at_the_door(resident: Any, client: FlaskClient) -> None:
    mine = resident("jujur@warga.example")
    seen = client.get("/v1/permohonan", headers={**LIES, **mine}).get_json()

    assert not {name.lower() for name in LIES} - {"connection"} & seen["headers"].keys()
    assert seen["klaim"]["peran"] == "warga"
    assert mine["Authorization"] != seen["headers"]["authorization"]


def test_without_a_session_a_service_sees_nobody(client: FlaskClient) -> None:
    assert client.get("/v1/permohonan", headers=LIES).get_json()["klaim"] is None


def test_method_query_body_and_useful_headers_pass(client: FlaskClient) -> None:
    useful = {
        "X-Izin-Unggah": "izin",
        "X-Konfirmasi": "ya",
        "If-Match": '"3"',
        "Idempotency-Key": "kunci-0001",
        "X-Request-Id": "permintaan-0001",
        "Content-Type": "application/json",
        "Accept-Language": "id",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }
    answer = client.patch("/v1/permohonan/a%20b?x=1&y=%2F", data=b'{"a": 1}', headers=useful)
    seen = answer.get_json()

    assert (seen["method"], seen["path"], seen["query"]) == ("PATCH", "/v1/permohonan/a b", "x=1&y=%2F")
    assert seen["body"] == '{"a": 1}'
    passed = {k.lower(): v for k, v in useful.items() if k != "traceparent"}
    assert passed.items() <= seen["headers"].items()
    assert seen["headers"]["traceparent"].split("-")[1] == "0af7651916cd43dd8448eb211c80319c"
    assert answer.headers["X-Request-Id"] == "permintaan-0001"
    assert (answer.headers["ETag"], answer.headers["X-Tanda-Lihat"]) == ('"7"', "tanda")


@pytest.mark.parametrize(("size", "said"), [(1_000, None), (100_000, "close")])
def test_a_line_that_carried_a_large_body_is_not_used_again(
    client: FlaskClient, size: int, said: str | None
) -> None:
    """A service that answers without reading all of it hangs up, and the next request would be lost."""
    seen = client.post("/v1/permohonan", data=b"x" * size).get_json()

    assert seen["headers"].get("connection") == said


def test_headers_of_one_hop_and_those_a_service_names_stay_behind() -> None:
    given = [
        ("Content-Type", "application/pdf"),
        ("Connection", "X-Rahasia, keep-alive"),
        ("X-Rahasia", "dalam"),
        ("Keep-Alive", "timeout=75"),
        ("Transfer-Encoding", "chunked"),
        ("Server", "gunicorn"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ]

    assert headers.answer(given) == [given[0], given[6], given[7]]


def test_a_head_request_has_no_body(client: FlaskClient) -> None:
    answer = client.head("/v1/surat/4/length")

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(4 * 256 * 1024)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/kode",
        "/v1/permohonan/../kode",
        "/v1/permohonan/%2e%2e/kode",
        "/v1/permohonan//x",
        "//v1/permohonan",
        "/v1/Permohonan",
        "/healthz",
        "/metrics",
        "/v1",
        "/",
    ],
)
def test_a_path_of_nobody_reaches_nobody(client: FlaskClient, path: str) -> None:
    answer = client.post(path)

    assert answer.status_code in (404, 405)
    assert answer.content_type == "application/problem+json"


def test_a_service_that_is_away_is_said_in_plain_words(settings: Settings) -> None:
    gone = settings.model_copy(update={"upstream_pengajuan": "http://127.0.0.1:9"})
    bootstrap.migrate(gone)
    app = bootstrap.build(gone)
    client = create(app).test_client()

    away, there = client.get("/v1/permohonan"), client.get("/v1/tugas?detik=0")

    assert away.status_code == 503
    assert away.content_type == "application/problem+json"
    assert away.get_json()["type"] == "urn:ekelurahan:masalah:layanan-tidak-tersedia"
    assert int(away.headers["Retry-After"]) > 0
    assert away.get_json()["request_id"] == away.headers["X-Request-Id"]
    assert there.get_json() == {"selesai": True}
    app.close()


def test_a_silent_service_is_not_waited_for_for_ever(settings: Settings) -> None:
    quick = settings.model_copy(update={"upstream_read": 0.2})
    bootstrap.migrate(quick)
    app = bootstrap.build(quick)

    answer = create(app).test_client().get("/v1/tugas?detik=1")

    assert answer.status_code == 504
    assert answer.get_json()["type"].endswith(":layanan-terlalu-lama")
    assert "Retry-After" in answer.headers
    app.close()


def test_a_body_over_the_limit_is_refused_before_it_is_sent(client: FlaskClient) -> None:
    answer = client.post("/v1/permohonan", data=b"x" * (1024 * 1024 + 1))

    assert answer.status_code == 413
    assert answer.get_json()["detail"] == "Paling besar 1 MB. Perkecil lalu kirim lagi."


def test_a_scheme_that_we_do_not_know_is_not_taken_for_nobody(client: FlaskClient) -> None:
    assert client.get("/v1/permohonan", headers={"Authorization": "Digest x"}).status_code == 401
