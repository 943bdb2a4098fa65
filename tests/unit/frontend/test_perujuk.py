"""A page whose address is a secret tells it to nobody, not even to this site; and its forms work all the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """Nobody answers where its gateway should be: the page that says so is as quiet."""
    settings = Settings(env="test", data=tmp_path, gateway_url="http://127.0.0.1:1")
    return create(settings, Metrics(settings.contracts), Pengunjung(0, tmp_path / "none", harus=False))


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/cek", "no-referrer"),
        ("/v/contoh-kode-surat", "no-referrer"),
        ("/rt-rw/contoh-tautan", "no-referrer"),
        ("/masuk", "same-origin"),
        ("/tidak-ada", "same-origin"),
        ("/aset/gaya.css", "same-origin"),
    ],
)
def test_the_stricter_of_two_policies_is_sent(app: Flask, path: str, policy: str) -> None:
    with app.test_client().get(path) as answer:
        assert answer.headers.getlist("Referrer-Policy") == [policy]


def test_a_form_without_a_referer_is_taken_with_its_token_and_refused_without(app: Flask) -> None:
    client, site = app.test_client(), "https://kelurahan.example"
    page = client.get("/cek", base_url=site).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None

    taken = client.post("/cek/berkas", base_url=site, data={"csrf_token": token[1]})
    refused = client.post("/cek/berkas", base_url=site, data={})

    assert (taken.status_code, "Pilih berkas PDF suratnya dulu." in taken.text) == (422, True)
    # Refused before the page began: that is words for people too, and no fault.
    assert (refused.status_code, "Halaman sudah terlalu lama dibuka" in refused.text) == (400, True)
