"""The HTTP side: one's own messages only, and one-time codes from the gateway only."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from chassis.ids import new_id
from notifikasi.openapi import openapi
from support.kurir import Kurir
from support.smtp import MailServer
from support.tree import ROOT

KODE = {"jenis": "email", "tujuan": "baru@warga.example", "kode": "482913", "berlaku_menit": 10}
GATEWAY = {"peran": "sistem", "jenis": "kode"}


def test_messages_are_listed_newest_first_in_pages(kurir: Kurir) -> None:
    ids = [kurir.ajukan() for _ in range(3)]
    kurir.quiet()

    headers = kurir.caller("w-0001", "warga")
    first = kurir.client.get("/v1/pesan?batas=2", headers=headers).json or {}
    rest = kurir.client.get(f"/v1/pesan?batas=2&cursor={first['cursor']}", headers=headers).json or {}

    assert [row["permohonan"] for row in first["pesan"] + rest["pesan"]] == ids[::-1]
    assert rest["cursor"] is None


def test_a_message_is_read_by_its_owner_alone(kurir: Kurir) -> None:
    kurir.ajukan()
    kurir.quiet()
    id = kurir.pesan()[0]["id"]

    assert kurir.pesan("w-0002") == []
    assert kurir.post(f"/v1/pesan/{id}/dibaca", "w-0002").status_code == 404
    assert kurir.post(f"/v1/pesan/{id}/dibaca", "w-0001").status_code == 200
    assert kurir.post(f"/v1/pesan/{id}/dibaca", "w-0001").status_code == 200
    assert kurir.pesan()[0]["dibaca"] is True
    assert kurir.post(f"/v1/pesan/{new_id()}/dibaca", "w-0001").status_code == 404
    assert kurir.client.get("/v1/pesan").status_code == 401


def test_a_code_goes_out_at_once_and_is_kept_nowhere(pos: Kurir, mail: MailServer) -> None:
    answer = pos.post("/v1/kode", "gateway", KODE, **GATEWAY)

    assert answer.status_code == 202
    assert "482913" not in answer.text
    body = mail.received[0].get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "482913" in body.decode()
    assert not _holds(pos, b"482913")


def test_without_a_mail_server_a_code_lies_in_the_folder(kurir: Kurir) -> None:
    assert kurir.post("/v1/kode", "gateway", KODE, **GATEWAY).status_code == 202

    files = list(kurir.settings.message_folder().glob("kode-*.txt"))
    assert [("482913" in f.read_text(), f.stat().st_mode & 0o777) for f in files] == [(True, 0o600)]


def test_a_code_is_never_tried_twice_nor_logged(
    pos: Kurir, mail: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    mail.hang_up = 5
    failed = pos.post("/v1/kode", "gateway", KODE, **GATEWAY)

    assert failed.status_code == 503
    assert len(mail.received) == 1
    said = "".join(capfd.readouterr()) + failed.text
    assert "482913" not in said
    assert "baru@warga.example" not in said


def test_only_the_gateway_may_send_codes(kurir: Kurir) -> None:
    assert kurir.post("/v1/kode", "w-0001", KODE).status_code == 403
    assert kurir.post("/v1/kode", "sistem.lain", KODE, peran="sistem").status_code == 403
    wrong = kurir.post("/v1/kode", "gateway", KODE | {"kode": "abc"}, **GATEWAY)
    assert wrong.status_code == 422


def test_the_openapi_document_is_valid_and_complete() -> None:
    spec = openapi(ROOT / "contracts")

    validate(spec)
    operations = {(path, verb) for path, verbs in spec["paths"].items() for verb in verbs}
    assert operations == {
        ("/v1/kode", "post"),
        ("/v1/tautan", "post"),
        ("/v1/pesan", "get"),
        ("/v1/pesan/{id}/dibaca", "post"),
        ("/v1/pesan/kiriman", "get"),
        ("/v1/pesan/{id}/kirim-ulang", "post"),
        ("/v1/templat", "get"),
        ("/v1/templat/{kode}/pratinjau", "post"),
    }


def _holds(pos: Kurir, secret: bytes) -> bool:
    files = (file for file in pos.settings.data.rglob("*") if file.is_file())
    return any(secret in file.read_bytes() for file in files)


TAUTAN = {
    "id": "019900a1-0000-7000-8000-0000000000c1",
    "jenis": "email",
    "tujuan": "baru@warga.example",
    "kasus": [
        {
            "permohonan": "019900a1-0000-7000-8000-0000000000a1",
            "nomor_resi": "011006-7KQM-2XPA-D",
            "layanan": "SKDOM",
        }
    ],
}


def test_links_of_open_cases_reach_the_contact_once(kurir: Kurir) -> None:
    for _ in range(2):
        assert kurir.post("/v1/tautan", "gateway", TAUTAN, peran="sistem", jenis="tautan").status_code == 202

    (file,) = kurir.settings.message_folder().glob("ulang-*.txt")
    assert "/permohonan/019900a1-0000-7000-8000-0000000000a1" in file.read_text()


def test_only_the_gateway_sends_links(kurir: Kurir) -> None:
    assert kurir.post("/v1/tautan", "w-0001", TAUTAN).status_code == 403
    assert kurir.post("/v1/tautan", "gateway", TAUTAN, **GATEWAY).status_code == 403
