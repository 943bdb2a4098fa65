"""The front end decides nothing: an official's file has the buttons that its task names, and no others.

What residents and counters are offered is compared in `tests/component/pengajuan/test_tindakan.py`.
"""

from __future__ import annotations

import re
from itertools import chain, combinations
from pathlib import Path

import pytest
from flask import Flask, render_template

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings

KEPUTUSAN = ("paraf", "setuju", "kembalikan", "tolak")
TUGAS = {
    "id": "t1",
    "nama_layanan": "Surat Keterangan Domisili",
    "pemohon": {"nama": "Sari Contohwati"},
    "subjek": [],
    "berkas": [],
    "riwayat": [],
    "catatan": [],
    "jawaban": {},
    "jatuh_tempo": "2026-01-15T10:00:00+07:00",
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    settings = Settings(env="test", data=tmp_path)
    return create(settings, Metrics(settings.contracts), Pengunjung(0, settings.visitor_key(), harus=False))


def test_what_the_kecamatan_sent_back_stands_above_the_file(app: Flask) -> None:
    sent = {
        "peran": "sekcam",
        "oleh": "s1",
        "waktu": "2026-01-14T10:00:00+07:00",
        "kekurangan": [
            {"jenis": "syarat", "kode": "KTP", "alasan": "buram", "teks": None},
            {"jenis": "medan", "kode": "rt", "alasan": "tidak_cocok", "teks": "RT bukan 003."},
        ],
    }
    task = {**TUGAS, "status": "terbuka", "boleh_memutus": True, "pilihan": ["paraf"], "dikembalikan": sent}
    fields = [{"id": "rt", "label": "RT", "jenis": "teks"}]
    with app.test_request_context():
        page = render_template(
            "pejabat/tugas.html", tugas=task, medan=fields, label={"KTP": "KTP asli"}, kantor={}, galat={}
        )

    assert "<li>KTP asli: tidak terbaca</li>" in page
    assert "<li>RT: tidak cocok dengan isian. “RT bukan 003.”</li>" in page


@pytest.mark.parametrize("boleh_ulang", [True, False])
def test_only_what_may_still_be_decided_is_offered_again(app: Flask, boleh_ulang: bool) -> None:
    failed = [(TUGAS, "Tugas ini sudah diputus.")]
    with app.test_request_context():
        page = render_template(
            "pejabat/hasil.html", berhasil=[], gagal=failed, ulang=[TUGAS] * boleh_ulang, setuju=False
        )

    assert ("Ulangi yang gagal" in page) == boleh_ulang


def test_a_family_of_two_can_change_places(app: Flask) -> None:
    other = {"akun": "a2", "nama": "Budi Contoh"}
    with app.test_request_context():
        page = render_template(
            "kasus/semua.html", kasus=[], keluarga=[other], akun={"akun": "a1"}, layanan={}
        )

    assert "Ganti ke Budi Contoh" in page


@pytest.mark.parametrize("status", ["terbuka", "diputus"])
@pytest.mark.parametrize("boleh", [True, False])
def test_a_file_has_the_buttons_that_its_task_names(app: Flask, status: str, boleh: bool) -> None:
    for pilihan in chain.from_iterable(combinations(KEPUTUSAN, n) for n in range(len(KEPUTUSAN) + 1)):
        task = {**TUGAS, "status": status, "boleh_memutus": boleh, "pilihan": list(pilihan)}
        with app.test_request_context():
            page = render_template("pejabat/tugas.html", tugas=task, medan=[], label={}, kantor={}, galat={})
        links = re.findall(r'href="/tugas/t1/(\w+)"', page)
        buttons = re.findall(r'name="keputusan" value="(\w+)"', page)
        assert {*links, *buttons} == (set(pilihan) if boleh and status == "terbuka" else set())
