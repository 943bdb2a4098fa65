"""Two letters of one case on the pages: what to bring stands once, and one button hands both over."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template
from PIL import Image
from pypdfium2 import PdfDocument

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.halaman.petugas_gambar import LEBAR, dilukis
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings

BAWA = [{"syarat": "KTP", "nama": "KTP-el", "cara": "ditunjukkan"}]
SURAT = {
    "status": "berlaku",
    "tanggal": "2026-01-15",
    "diserahkan": False,
    "boleh_unduh": False,
    "pemberitahuan": "Surat sudah jadi. Bawa: KTP-el asli (ditunjukkan).",
    "bawa": BAWA,
    "loket": {"nama": "Kelurahan Depok", "jam": "08.00 sampai 15.30"},
}
KEDUANYA: list[dict[str, Any]] = [
    {**SURAT, "id": "n1", "judul": "Surat Pengantar Nikah", "nomor": [{"nomor": "400.12.3.2/0001/01"}]},
    {**SURAT, "id": "n6", "judul": "Surat Keterangan Kematian", "nomor": [{"nomor": "400.12.3.1/0002/01"}]},
]
KASUS = {
    "id": "k1",
    "status": "terbit",
    "tampilan": "Surat siap",
    "langkah_berikut": "Bawa berkas asli ke loket untuk menerima surat.",
    "nomor_resi": "011006-AAAA-AAAA-A",
    "layanan": {"kode": "NIKAH", "nama": "Surat Pengantar Nikah"},
    "pemohon": {"nama": "Sari Contohwati"},
    "kantor": {"nama": "Kelurahan Depok"},
    "keterangan": [],
    "kekurangan": [],
    "catatan": [],
    "syarat": [],
    "jawaban": {},
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    settings = Settings(env="test", data=tmp_path)
    visitors = Pengunjung(0, settings.visitor_key(), harus=False)
    return create(settings, Metrics(settings.contracts), visitors)


def lukis(app: Flask, template: str, surat: Any, **isi: Any) -> str:
    with app.test_request_context():
        return render_template(template, kasus=KASUS, surat=surat, galat={}, **isi)


def test_the_resident_reads_once_what_to_bring_for_both(app: Flask) -> None:
    page = lukis(app, "kasus/satu.html", KEDUANYA, riwayat=[], perlu=[])
    assert [page.count(s["judul"]) for s in KEDUANYA] == [3, 1]  # the first is the service's name as well
    assert page.count("Semua surat sudah jadi. Bawa:") == 1
    assert page.count("Diambil orang lain?") == 1
    assert page.index("Bawa:") > page.index("400.12.3.1/0002/01")

    one = lukis(app, "kasus/satu.html", KEDUANYA[:1], riwayat=[], perlu=[])
    assert one.count("Surat sudah jadi. Bawa:") == 1

    ready = [{**s, "boleh_unduh": True, "bawa": [], "diserahkan": True} for s in KEDUANYA]
    assert lukis(app, "kasus/satu.html", ready, riwayat=[], perlu=[]).count("Unduh surat (PDF)") == 2


def test_the_counter_hands_both_over_with_one_button(app: Flask) -> None:
    case = lukis(app, "loket/kasus.html", KEDUANYA, riwayat=[], medan=[])
    assert (case.count("Serahkan semua surat"), case.count("/serah")) == (1, 1)
    page = lukis(app, "loket/serah.html", KEDUANYA[0], bersama=KEDUANYA, asli=[], tercentang=[])
    assert "2 surat diserahkan bersama." in page
    assert page.count("/pdf") == 2

    assert "Serahkan surat<" in lukis(app, "loket/kasus.html", KEDUANYA[:1], riwayat=[], medan=[])


def test_the_draft_s_picture_shows_every_page() -> None:
    bound = PdfDocument.new()
    for _ in range(2):
        bound.new_page(595, 842)
    out = BytesIO()
    bound.save(out)
    whole, first = (Image.open(BytesIO(dilukis(out.getvalue(), hal))) for hal in (0, 1))
    assert (whole.width, whole.height) == (LEBAR, 2 * first.height)
