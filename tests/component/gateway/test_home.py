"""The address printed on a letter answers a bank clerk: verdict, comparison, a file, all without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from dokumen.entrypoints.http.aplikasi import create as dokumen
from gateway import bootstrap
from gateway.app import create
from gateway.settings import Settings
from support.ruang_surat import Ruang
from web.tokens import Signer


@pytest.fixture
def ruang(tmp_path: Path) -> Iterator[Ruang]:
    with Ruang(tmp_path / "dokumen") as room:
        room.acuan()
        yield room


@pytest.fixture
def meja(ruang: Ruang, tmp_path: Path) -> Iterator[FlaskClient]:
    """A gateway in front of that dokumen, with its keys."""
    server = make_server("127.0.0.1", 0, dokumen(ruang.app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings = Settings(
        env="test",
        data=tmp_path / "gerbang",
        keys=ruang.settings.key_folder(),
        upstream_dokumen=f"http://127.0.0.1:{server.server_port}",
        proxies=1,
    )
    bootstrap.migrate(settings)
    app = bootstrap.build(settings)
    yield create(app).test_client()
    app.close()
    server.shutdown()
    thread.join()
    server.server_close()


def verdict(text: str) -> list[tuple[str, str]]:
    """Colour and words of each verdict on a page."""
    return re.findall(r'<div role="status" class="putusan ([a-z-]+)"><strong>([^<]+)</strong>', text)


def test_the_printed_address_asks_for_the_code(client: FlaskClient) -> None:
    page = client.get("/")

    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Kode di bawah gambar QR" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_code_leads_to_the_letter_s_page(client: FlaskClient) -> None:
    answer = client.get("/cek", query_string={"kode": " A4U3 9SAZ 25E5 "})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/v/A4U3-9SAZ-25E5")


@pytest.mark.parametrize("code", ["A4U3", "<script>alert(1)</script>", "../../token"])
def test_a_code_that_cannot_be_one_is_asked_again(client: FlaskClient, code: str) -> None:
    answer = client.get("/cek", query_string={"kode": code})

    assert answer.status_code == 400
    assert "Kode ini tidak lengkap" in answer.text
    assert code not in answer.text or code == "A4U3"


def test_a_bank_clerk_sees_the_verdict_and_finds_out_a_copied_qr(ruang: Ruang, meja: FlaskClient) -> None:
    _, letter = ruang.terbit()
    token = ruang.app.rahasia.kode(letter).token
    page = meja.get(f"/v/{token}")

    assert verdict(page.text) == [("hijau", "ASLI DAN BERLAKU")]
    assert "Ratna Contohningrum, S.STP., Lurah Depok" in page.text
    assert "S*** C*********" in page.text
    assert "<script" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    other = meja.post(f"/v/{token}/cocok", data={"nama": "Budi Orangnya"})
    assert verdict(other.text) == [("hijau", "ASLI DAN BERLAKU"), ("merah", "TIDAK COCOK")]
    same = meja.post(f"/v/{token}/cocok", data={"nik": "9001"})
    assert verdict(same.text)[1] == ("hijau", "COCOK")
    assert "Budi Orangnya" not in other.text


def test_digits_that_are_none_are_asked_again_in_words(ruang: Ruang, meja: FlaskClient) -> None:
    _, letter = ruang.terbit()
    answer = meja.post(f"/v/{ruang.app.rahasia.kode(letter).token}/cocok", data={"nik": "12"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert verdict(answer.text) == [("hijau", "ASLI DAN BERLAKU")]


def test_a_revoked_letter_is_red(ruang: Ruang, meja: FlaskClient) -> None:
    _, letter = ruang.terbit()
    ruang.post(f"/v1/surat/{letter}/cabut", ruang.petugas("lurah"), {"alasan": "data_keliru"})
    page = meja.get(f"/v/{ruang.app.rahasia.kode(letter).pendek}")

    assert verdict(page.text) == [("merah", "DICABUT")]
    assert "data_keliru" not in page.text


def test_a_file_is_compared_from_a_plain_form(ruang: Ruang, meja: FlaskClient) -> None:
    _, letter = ruang.terbit()
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data

    def sent(content: bytes, name: str) -> str:
        from io import BytesIO

        return meja.post("/cek/berkas", data={"berkas": (BytesIO(content), name)}).text

    assert verdict(sent(pdf, "surat.pdf")) == [
        ("hijau", "SAMA DENGAN YANG DITERBITKAN"),
        ("hijau", "ASLI DAN BERLAKU"),
    ]
    assert verdict(sent(pdf + b"\n%x\n", "surat.pdf")) == [("merah", "BERUBAH")]
    assert "bukan foto atau pindaian" in sent(b"picture", "foto.jpg")


def test_guessing_stops_one_client_and_no_other(ruang: Ruang, meja: FlaskClient) -> None:
    _, letter = ruang.terbit()
    right = f"/v/{ruang.app.rahasia.kode(letter).token}"
    guesser, bank = {"X-Forwarded-For": "192.0.2.7"}, {"X-Forwarded-For": "198.51.100.9"}
    seen = [meja.get(f"/v/AAAABBBB{n}", headers=guesser).status_code for n in range(2000, 2031)]

    assert seen == [404] * 30 + [429]
    assert meja.get(right, headers=guesser).status_code == 429
    forged = {**guesser, "X-Klien": Signer(ruang.settings.key_folder(), "gateway").sign("dokumen", 300)}
    path = right.replace("/v/", "/v1/verifikasi/")
    assert meja.get(path, headers=forged).status_code == 429
    assert meja.get(right, headers=bank).status_code == 200
    noted = [doc.body["actor"] for doc in ruang.app.chain.find("audit", {"scope": "verifikasi"})]
    assert len(set(noted)) == 1
    assert "192.0.2" not in str(noted)


def test_an_away_service_is_said_in_words(settings: Settings) -> None:
    bootstrap.migrate(settings)
    away = settings.model_copy(update={"upstream_dokumen": "http://127.0.0.1:9"})
    app = bootstrap.build(away)
    answer = create(app).test_client().get("/v/AAAABBBBCCCC")
    app.close()

    assert answer.status_code == 503
