"""Who was asked to mend something may come to the counter: its page, over the real pages and the real service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.ids import new_id
from pengajuan.entrypoints.http.application import flask_app
from support.halaman_depan import halaman
from support.loket import KODE, Layanan


@pytest.fixture
def layar(layanan: Layanan, tmp_path: Path) -> Iterator[FlaskClient]:
    clerk = {"akun": "loket.depok", "peran": "petugas_loket", "wilayah": KODE}
    bearer = layanan.loket()["Authorization"]
    with halaman(flask_app(layanan.app), tmp_path, bearer=bearer, **clerk) as shown:
        yield shown


def test_a_clerk_sends_what_a_walk_in_put_right(layanan: Layanan, layar: FlaskClient) -> None:
    id = _dikembalikan(
        layanan, {"jenis": "medan", "kode": "alamat", "alasan": "isian_salah", "teks": "Nomor 12 B"}
    )
    path = f"/loket/permohonan/{id}/perbaiki"
    page = layar.get(path).text
    assert "Alamat tempat tinggal sekarang" in page
    assert "Nomor 12 B" in page

    wrong = layar.post(path, data={"alamat": "", "kunci": new_id()})
    assert (wrong.status_code, "Ada yang perlu diperbaiki" in wrong.text) == (422, True)
    sent = layar.post(path, data={"alamat": "Jalan Contoh Nomor 12 B", "kunci": new_id()})
    assert (sent.status_code, sent.location) == (303, f"/loket/permohonan/{id}?sudah=perbaiki")

    case = layanan.kasus(id)
    assert (case["status"], case["putaran"]) == ("diperiksa", 2)
    assert case["jawaban"]["alamat"] == "Jalan Contoh Nomor 12 B"
    assert layar.get(path).location == f"/loket/permohonan/{id}"  # nothing is asked any more


def test_a_paper_that_was_asked_for_is_scanned_before_the_list_is_sent(
    layanan: Layanan, layar: FlaskClient
) -> None:
    id = _dikembalikan(layanan, {"jenis": "syarat", "kode": "KTP", "alasan": "belum_ada"})
    path = f"/loket/permohonan/{id}/perbaiki"

    early = layar.post(path, data={"kunci": new_id()})

    assert (early.status_code, "Pindai dulu KTP yang baru." in early.text) == (422, True)
    assert layanan.kasus(id)["status"] == "diperbaiki"


def _dikembalikan(layanan: Layanan, titik: dict[str, Any]) -> str:
    """A walk-in's case after one list went to him."""
    id = str(layanan.ajukan(layanan.loket(), cara="loket", pemohon={"nama": "Contoh Uji"})["id"])
    asked = {"hasil": "kurang", "kekurangan": [titik]}
    assert layanan.post(f"/v1/permohonan/{id}/periksa", layanan.loket(), asked).status_code == 200
    return id
