"""The counter's pages for a pile of scans, over the real pages and the real service."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from PIL import Image

from chassis.ids import new_id
from dokumen.entrypoints.http.aplikasi import create as service
from support.halaman_depan import halaman
from support.neighbours import OFFICE
from support.ruang_surat import Ruang

CASE = new_id()


@pytest.fixture
def loket(ruang: Ruang, tmp_path: Path) -> Iterator[FlaskClient]:
    """A clerk at the pages; the case is what pengajuan would say of it."""
    flask = service(ruang.app)
    flask.add_url_rule(f"/v1/permohonan/{CASE}", view_func=lambda: kasus(ruang))
    clerk = {"akun": "petugas_loket.depok", "peran": "petugas_loket", "wilayah": OFFICE}
    bearer = ruang.petugas()["Authorization"]
    with halaman(flask, tmp_path, bearer=bearer, **clerk) as client:
        yield client


def kasus(ruang: Ruang) -> dict[str, Any]:
    slots = [{"kode": "KTP", "label": "KTP-el", "berkas": []}, {"kode": "KK", "label": "Kartu Keluarga"}]
    return {
        "id": CASE,
        "status": "diperiksa",
        "pemohon": {"nama": "Sari Contohwati"},
        "syarat": slots,
        "izin_unggah": ruang.izin(CASE),
    }


def pindaian(pages: int) -> bytes:
    made = pikepdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(500 + number, 842))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_clerk_gives_each_page_of_a_pile_to_its_paper(loket: FlaskClient, ruang: Ruang) -> None:
    path = f"/loket/permohonan/{CASE}/tumpukan"
    assert "PDF hasil pindai" in loket.get(path).text
    assert loket.post(path, data={"kunci": new_id()}).status_code == 422
    file = (io.BytesIO(pindaian(3)), "tumpukan.pdf")
    sent = loket.post(path, data={"kunci": new_id(), "berkas": file})
    assert sent.status_code == 303, sent.text
    pile = sent.location
    assert re.fullmatch(rf"{path}/[0-9a-f-]{{36}}", pile)

    ruang.quiet()
    page = loket.get(pile).text
    assert page.count("<select") == 3
    [picture] = re.findall(r'src="(/lihat/berkas/[^"]+/3)"', page)
    assert loket.get(picture).mimetype == "image/jpeg"

    none = loket.post(pile, data={"kunci": new_id()})
    assert (none.status_code, "Pilih paling sedikit satu halaman." in none.text) == (422, True)
    chosen = {"kunci": new_id(), "halaman-1": "KK", "halaman-2": "KK", "halaman-3": "KTP"}
    assert loket.post(pile, data=chosen).location == pile
    ruang.quiet()
    done = loket.get(pile).text
    assert "Halaman sudah dibagi" in done
    assert "halaman 1, 2" in done
    assert sorted(ruang.told(CASE)) == ["berkas.diterima"] * 2


def test_a_paper_is_turned_page_by_page_without_a_script(loket: FlaskClient, ruang: Ruang) -> None:
    paper = ruang.berkas(CASE, pindaian(3))["id"]
    page = loket.get(f"/lihat/berkas/{paper}?halaman=2&putar=90").text

    assert "Halaman 2 dari 3" in page
    [picture] = re.findall(r'src="([^"]+)"[^>]*Halaman 2', page)
    assert picture == f"/lihat/berkas/{paper}/2?putar=90"
    flat, turned = (Image.open(io.BytesIO(loket.get(p).data)) for p in (picture.partition("?")[0], picture))
    assert turned.size == flat.size[::-1] != flat.size
    for step in ("halaman=1&amp;putar=90", "halaman=3&amp;putar=90", "putar=180", "besar=2"):
        assert step in page
    assert loket.get(f"/lihat/berkas/{paper}?halaman=4").status_code == 404
