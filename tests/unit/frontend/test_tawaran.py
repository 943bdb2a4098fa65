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
