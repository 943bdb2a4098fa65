"""Every role has a first page that opens for it; who is signed in is not led to sign in again in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from gateway.akun.models import Peran
from support.halaman_depan import halaman

OFFICE = "3276011006"
KANTOR = {"kode": OFFICE, "nama": "Depok", "tingkat": "kelurahan", "status": "aktif"}
KOSONG = {"isi": [KANTOR], "tugas": [], "surat": [], "sesi": [], "cursor": None}
AKUN = {
    "akun": "loket.depok",
    "nama": "Contoh",
    "peran": "petugas_loket",
    "wilayah": [OFFICE],
    "tingkat": None,
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def pusat() -> Flask:
    """A gateway where nothing waits for anybody; a session called "lama" is over, signing in opens "baru"."""
    app = Flask("pusat")

    @app.route("/<path:path>", methods=["GET", "POST"])
    def answer(path: str) -> Any:
        if path == "v1/masuk/petugas":
            return {"token": "baru", "akun": AKUN}
        if request.headers.get("Authorization") == "Bearer lama":
            return {"type": "urn:ekelurahan:masalah:tidak-dikenal", "title": "Masuk dulu"}, 401
        if request.method == "POST":
            return {
                "type": "urn:ekelurahan:masalah:isi-salah",
                "title": "Sampai",
                "detail": request.json["nama"],
            }, 422
        return {**KOSONG, "isi": []} if path == "v1/permohonan" else KOSONG

    return app


@pytest.fixture
def klien(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with halaman(
        pusat(), tmp_path, bearer="Bearer lama", akun="loket.depok", peran=request.param, wilayah=OFFICE
    ) as shown:
        yield shown


@pytest.mark.parametrize("peran", get_args(Peran))
def test_the_first_page_of_each_role_opens_and_names_a_way_on(tmp_path: Path, peran: str) -> None:
    area = OFFICE if peran not in ("operator", "admin_kecamatan") else OFFICE[:4]
    with halaman(pusat(), tmp_path, bearer="Bearer x", akun="a.contoh", peran=peran, wilayah=area) as shown:
        page = shown.get("/petugas", follow_redirects=True)
        assert page.status_code == 200
        assert "/masuk" not in page.request.path
        main = page.text.partition("<main")[2].partition("</main>")[0]
        assert 'href="/perangkat"' in main
        menu = re.search(r'aria-label="Menu">\s*<a href="([^"]+)"', page.text)
        assert menu is not None
        assert menu[1] == page.request.path


@pytest.mark.parametrize("klien", ["petugas_loket"], indirect=True)
def test_what_was_sent_as_the_session_ended_is_sent_again_after_the_sign_in(klien: FlaskClient) -> None:
    klien.application.config["WTF_CSRF_ENABLED"] = True
    token = TOKEN.search(klien.get("/loket/ktp").text)
    assert token is not None
    typed = {"csrf_token": token[1], "nama": "Sari Contohwati", "dilihat": "ya", "kunci": "kunci-uji-1"}
    ended = klien.post("/loket/ktp", data=typed)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', ended.text))
    where = re.search(r'action="(/masuk/petugas[^"]+)"', ended.text)
    assert (ended.status_code, fields["nama"]) == (401, "Sari Contohwati")
    assert where is not None

    sent = {**fields, "akun": "loket.depok", "sandi": "rahasia"}
    opened = klien.post(where[1], data=sent)
    assert (opened.status_code, opened.location) == (307, "/loket/ktp")
    again = klien.post(opened.location, data=sent)  # as a browser answers 307

    assert "Halaman sudah terlalu lama" not in again.text
    assert "Sari Contohwati" in again.text


@pytest.mark.parametrize("klien", ["petugas_loket"], indirect=True)
def test_a_page_of_another_role_says_so_and_leads_home(klien: FlaskClient) -> None:
    refused = klien.get("/tugas")

    assert refused.status_code == 403
    assert 'href="/loket" role="button"' in refused.text


@pytest.mark.parametrize("klien", ["petugas_loket"], indirect=True)
def test_a_session_that_ended_says_so_at_the_sign_in(klien: FlaskClient) -> None:
    assert "Waktu masuk Anda habis" in klien.get("/loket", follow_redirects=True).text
