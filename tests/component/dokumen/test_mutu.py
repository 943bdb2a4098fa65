"""Poor photographs are asked about, HEIC is read, and a viewer gets every page as a picture."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from werkzeug.test import TestResponse

from chassis.ids import new_id
from ekel.demo.photos import photo
from support.hostile import CASES
from support.ruang_surat import Ruang, foto, pdf
from support.tree import ROOT

HEIC = ROOT / "tests" / "component" / "dokumen" / "contoh" / "kartu.heic"


def buram() -> bytes:
    """A card that nobody can read."""
    out = io.BytesIO()
    Image.open(io.BytesIO(photo("KTP"))).filter(ImageFilter.GaussianBlur(14)).save(out, "JPEG")
    return out.getvalue()


def slug(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.text)["type"].rsplit(":", 1)[1]


def test_a_blurred_photograph_waits_for_its_sender(ruang: Ruang) -> None:
    id = new_id()
    paper = ruang.berkas(id, buram())

    assert (paper["status"], [s["kode"] for s in paper["saran"]]) == ("peringatan", ["buram"])
    assert "Contoh" in paper["saran"][0]["pesan"]
    assert ruang.told(id) == []
    for path in ("isi", "gambar", "halaman/1"):
        assert ruang.get(f"/v1/berkas/{paper['id']}/{path}", ruang.warga()).status_code == 200
        clerk = ruang.get(f"/v1/berkas/{paper['id']}/{path}", ruang.petugas())
        assert slug(clerk) == (409, "berkas-belum-bersih")
        assert "X-Tanda-Lihat" not in clerk.headers


def test_send_it_anyway_is_the_answer_once(ruang: Ruang) -> None:
    id = new_id()
    paper = ruang.berkas(id, buram())["id"]
    place = f"/v1/berkas/{paper}/kirim-tetap"
    stranger = ruang.post(place, ruang.warga("w-0002"), {})
    first, again = (ruang.post(place, ruang.warga(), {}) for _ in range(2))
    ruang.quiet()

    assert stranger.status_code == 404
    assert [json.loads(a.text)["status"] for a in (first, again)] == ["bersih", "bersih"]
    assert ruang.told(id) == ["berkas.diterima"]
    assert "X-Tanda-Lihat" in ruang.get(f"/v1/berkas/{paper}/isi", ruang.petugas()).headers
    other = ruang.berkas(new_id(), CASES["html named jpg"].make())["id"]
    assert slug(ruang.post(f"/v1/berkas/{other}/kirim-tetap", ruang.warga(), {})) == (409, "transisi-salah")


def test_sent_as_it_is_nobody_is_asked(ruang: Ruang) -> None:
    id = new_id()
    headers = {**ruang.petugas(), "Idempotency-Key": new_id(), "X-Izin-Unggah": ruang.izin(id)}
    sent = ruang.client.post("/v1/berkas?syarat=KTP&tetap=true", data=buram(), headers=headers)
    ruang.quiet()
    paper = json.loads(ruang.get(f"/v1/berkas/{json.loads(sent.text)['id']}", ruang.petugas()).text)

    assert (paper["status"], paper["saran"][0]["kode"]) == ("bersih", "buram")
    assert ruang.told(id) == ["berkas.diterima"]


def test_a_photograph_of_an_iphone_is_read_upright(ruang: Ruang) -> None:
    paper = ruang.berkas(new_id(), HEIC.read_bytes())

    assert (paper["status"], paper["jenis"]) == ("bersih", "jpeg")
    shown = ruang.get(f"/v1/berkas/{paper['id']}/isi", ruang.warga()).data
    assert Image.open(io.BytesIO(shown)).size == (700, 900)


@pytest.mark.parametrize(("isi", "pages"), [(pdf(3), 3), (foto(), 1)], ids=["pdf", "photograph"])
def test_every_page_is_a_picture_for_the_viewer(ruang: Ruang, isi: bytes, pages: int) -> None:
    paper = ruang.berkas(new_id(), isi)

    for number in range(1, pages + 1):
        shown = ruang.get(f"/v1/berkas/{paper['id']}/halaman/{number}", ruang.petugas("lurah"))
        assert shown.content_type == "image/jpeg"
        assert Image.open(io.BytesIO(shown.data)).format == "JPEG"
    for number in (0, pages + 1):
        assert ruang.get(f"/v1/berkas/{paper['id']}/halaman/{number}", ruang.petugas()).status_code == 404


def test_pages_are_kept_from_the_sweep_and_counted_by_the_check(ruang: Ruang, tmp_path: Path) -> None:
    from dokumen import check

    paper = ruang.berkas(new_id(), pdf(2))
    ruang.app.sapu.sekarang(ruang.app.clock.real().replace(year=2099))

    assert ruang.get(f"/v1/berkas/{paper['id']}/halaman/2", ruang.warga()).status_code == 200
    assert check.check(ruang.app)["wrong"] == []
    key = next(k for k in ruang.objects() if k.endswith(ruang_page(ruang, paper["id"])))
    ruang.app.objects.delete(key)
    assert [w["invariant"] for w in check.check(ruang.app)["wrong"]] == ["C6"]


def ruang_page(ruang: Ruang, paper: str) -> str:
    """Digest of the second page's picture."""
    place = ruang.app.penunjuk.cari("berkas", paper)
    assert place is not None
    sha: str = ruang.perkara(place.permohonan)["berkas"][paper]["gambar_halaman"][1]
    return sha
