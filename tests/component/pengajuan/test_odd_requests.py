"""Requests that no honest client sends, and two wishes under one request id."""

from __future__ import annotations

import base64
import json

import pytest

from support.loket import Layanan, permohonan

UNFIT = {
    "not a number": b"NaN",
    "endless": b"-Infinity",
    "beyond every float": b"1e999",
    "beyond every integer": b"9" * 400,
    "half a character": b'"\\ud800"',
    "a NUL": b'"a\\u0000b"',
    "too deep": b"[" * 60 + b"]" * 60,
    "far too deep": b"[" * 900 + b"]" * 900,
}


@pytest.mark.parametrize("answer", UNFIT.values(), ids=UNFIT)
def test_an_answer_that_cannot_be_kept_is_unreadable(layanan: Layanan, answer: bytes) -> None:
    body = b'{"layanan": "SKDOM", "kantor": "3276011006", "jawaban": {"nama": %b}}' % answer
    headers = {**layanan.warga(), "Idempotency-Key": "kunci-aneh-1", "Content-Type": "application/json"}

    refused = layanan.client.post("/v1/permohonan", data=body, headers=headers)

    assert (refused.status_code, refused.get_json()["type"]) == (400, "urn:ekelurahan:masalah:json-rusak")
    assert layanan.get("/v1/permohonan", layanan.warga()).get_json()["isi"] == []


@pytest.mark.parametrize("values", [[{"a": 1}], ["a", "b"], [10**30], ["\ud800"], [], "a"])
def test_a_forged_cursor_is_named_as_such(layanan: Layanan, values: object) -> None:
    text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    for who in (layanan.warga(), layanan.loket()):
        refused = layanan.get(f"/v1/permohonan?cursor={text}", who)
        assert refused.get_json()["type"] == "urn:ekelurahan:masalah:kursor-salah"


def test_another_change_under_the_same_request_id_is_not_lost(layanan: Layanan) -> None:
    made = layanan.post("/v1/permohonan", layanan.warga(), permohonan())
    path, same = f"/v1/permohonan/{made.get_json()['id']}", {"X-Request-Id": "permintaan-sama"}
    headers = {**layanan.warga(), **same, "If-Match": made.headers["ETag"]}

    first = layanan.client.patch(path, json={"jawaban": {"nama": "Satu"}}, headers=headers)
    again = layanan.client.patch(path, json={"jawaban": {"nama": "Satu"}}, headers=headers)
    headers["If-Match"] = first.headers["ETag"]
    other = layanan.client.patch(path, json={"jawaban": {"nama": "Dua"}}, headers=headers)

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 200)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.get_json()["jawaban"]["nama"] == "Dua"


def test_a_version_of_thousands_of_digits_is_not_the_one_there(layanan: Layanan) -> None:
    made = layanan.post("/v1/permohonan", layanan.warga(), permohonan())
    headers = {**layanan.warga(), "If-Match": '"' + "9" * 5000 + '"'}

    path = f"/v1/permohonan/{made.get_json()['id']}"
    assert layanan.client.patch(path, json={}, headers=headers).status_code == 412


@pytest.mark.parametrize(
    "address",
    ["a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "a b@c.example", "a@b", "<a@b.id>"],
)
def test_a_walk_ins_address_is_one_address(layanan: Layanan, address: str) -> None:
    orang = {"nama": "Tono Umpama", "kontak": {"jenis": "email", "nilai": address}}

    refused = layanan.post("/v1/permohonan", layanan.loket(), permohonan(pemohon=orang))

    assert refused.status_code == 422
    assert [e["pointer"] for e in refused.get_json()["errors"]] == ["/pemohon/kontak/nilai"]


def test_a_resident_names_no_other_address_for_our_messages(layanan: Layanan) -> None:
    orang = {"nama": "Sari Contoh", "kontak": {"jenis": "email", "nilai": "orang.lain@warga.example"}}

    refused = layanan.post("/v1/permohonan", layanan.warga(), permohonan(pemohon=orang))

    assert refused.status_code == 422
    assert [e["slug"] for e in refused.get_json()["errors"]] == ["kontak-dari-akun"]
