"""Requests that no honest client sends: refused in plain words, never an error of ours, never a new figure."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from gateway.bootstrap import App

JSON = {"Content-Type": "application/json"}
CURSORS = {
    "an object": [{"a": 1}],
    "too many": ["a", "b"],
    "none": [],
    "nothing": [None],
    "a huge number": [10**30],
    "half a character": ["\ud800"],
    "a NUL": ["a\0"],
    "a fraction": [1.5],
    "true": [True],
}


@pytest.mark.parametrize("body", [b"[" * 30_000 + b"]" * 30_000, b'{"akun": ' * 5000, b"9" * 5000])
def test_a_body_nested_or_long_beyond_reason_is_unreadable(client: FlaskClient, body: bytes) -> None:
    refused = client.post("/v1/masuk/petugas", data=body, headers=JSON)

    assert (refused.status_code, refused.get_json()["type"]) == (400, "urn:ekelurahan:masalah:json-rusak")


@pytest.mark.parametrize("values", CURSORS.values(), ids=CURSORS)
def test_a_forged_cursor_is_named_as_such(
    client: FlaskClient, staff: Callable[[str], dict[str, str]], values: object
) -> None:
    text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    refused = client.get(f"/v1/akun?cursor={text}", headers=staff("admin.pancoranmas"))

    assert (refused.status_code, refused.get_json()["type"]) == (400, "urn:ekelurahan:masalah:kursor-salah")


def test_a_cursor_nested_beyond_reason_is_named_as_such(
    client: FlaskClient, staff: Callable[[str], dict[str, str]]
) -> None:
    text = base64.urlsafe_b64encode(b"[" * 1400 + b"]" * 1400).decode()

    assert client.get(f"/v1/akun?cursor={text}", headers=staff("admin.pancoranmas")).status_code == 400


@pytest.mark.parametrize("path", ["/v1/layanan", "/v1/status"])
def test_invented_methods_make_no_figures_of_their_own(client: FlaskClient, app: App, path: str) -> None:
    for number in range(3):
        client.open(path, method=f"AKAL{number}", buffered=True)

    figures = app.metrics.text().decode()
    assert "AKAL" not in figures
    assert 'method="other"' in figures
