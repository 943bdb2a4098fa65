"""The address printed on a letter answers a person who types it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def test_the_printed_address_asks_for_the_code(client: FlaskClient) -> None:
    page = client.get("/")

    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Kode di bawah gambar QR" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_code_leads_to_the_verification(client: FlaskClient) -> None:
    answer = client.get("/cek", query_string={"kode": " A4U3 9SAZ 25E5 "})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/v1/verifikasi/A4U3-9SAZ-25E5")


@pytest.mark.parametrize("code", ["A4U3", "<script>alert(1)</script>", "../../token"])
def test_a_code_that_cannot_be_one_is_asked_again(client: FlaskClient, code: str) -> None:
    answer = client.get("/cek", query_string={"kode": code})

    assert answer.status_code == 400
    assert "Kode ini tidak lengkap" in answer.text
    assert code not in answer.text or code == "A4U3"
