"""Papers from upload to clean: only what was checked is ever shown, and the grant decides who may send what."""

from __future__ import annotations

import io
import json
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from chassis.ids import new_id
from support.neighbours import OFFICE, example
from support.ruang_surat import Ruang, foto, foto_miring, pdf
from web.tokens import Verifier


def problem(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.text)["type"].rsplit(":", 1)[1]


def bomb() -> bytes:
    """A PNG that claims 30,000 × 30,000 pixels in a few bytes."""
    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_rotated_photo_becomes_clean_and_upright_and_is_told(ruang: Ruang) -> None:
    id = new_id()
    paper = ruang.berkas(id, foto_miring())

    assert (paper["status"], paper["jenis"], paper["halaman"]) == ("bersih", "jpeg", 1)
    shown = ruang.get(f"/v1/berkas/{paper['id']}/isi", ruang.warga())
    picture = Image.open(io.BytesIO(shown.data))
    assert picture.size == (700, 900)
    assert "X-Tanda-Lihat" not in shown.headers
    assert ruang.told(id) == ["berkas.diterima"]
    small = ruang.get(f"/v1/berkas/{paper['id']}/gambar", ruang.warga())
    assert max(Image.open(io.BytesIO(small.data)).size) <= 320
    assert f"{OFFICE}/{id}/{paper['sha256']}" in ruang.objects()


@pytest.mark.parametrize(("isi", "jenis", "halaman"), [(foto(kind="PNG"), "jpeg", 1), (pdf(3), "pdf", 3)])
def test_a_png_becomes_a_jpeg_and_a_pdf_is_counted(
    ruang: Ruang, isi: bytes, jenis: str, halaman: int
) -> None:
    paper = ruang.berkas(new_id(), isi)

    assert (paper["status"], paper["jenis"], paper["halaman"]) == ("bersih", jenis, halaman)


@pytest.mark.parametrize(
    ("isi", "alasan"),
    [
        (b"<html><script>alert(1)</script></html>", "jenis-tidak-diterima"),
        (b"", "berkas-kosong"),
        (bomb(), "gambar-terlalu-besar"),
        (foto()[:2000], "gambar-rusak"),
        (foto(200, 150), "gambar-terlalu-kecil"),
    ],
    ids=["html", "empty", "bomb", "cut", "tiny"],
)
def test_what_is_no_paper_is_refused_in_plain_words_and_never_shown(
    ruang: Ruang, isi: bytes, alasan: str
) -> None:
    id = new_id()
    paper = ruang.berkas(id, isi)

    assert (paper["status"], paper["alasan"]) == ("ditolak", alasan)
    assert paper["pesan"].endswith(".")
    assert ruang.told(id) == ["berkas.ditolak"]
    assert problem(ruang.get(f"/v1/berkas/{paper['id']}/isi", ruang.warga())) == (422, "berkas-ditolak")


def test_a_paper_still_under_examination_is_not_shown(ruang: Ruang, monkeypatch: pytest.MonkeyPatch) -> None:
    id = new_id()
    ruang._running.__exit__()
    paper = json.loads(ruang.unggah(id, foto()).text)["id"]

    assert problem(ruang.get(f"/v1/berkas/{paper}/isi", ruang.warga())) == (409, "berkas-belum-bersih")
    assert problem(ruang.get(f"/v1/berkas/{paper}/gambar", ruang.warga())) == (409, "berkas-belum-bersih")


def test_too_large_is_refused_with_the_limit_announced_or_not(ruang: Ruang) -> None:
    id = new_id()
    grant = ruang.izin(id, maks_byte=1024 * 1024)
    announced = ruang.unggah(id, b"x" * (1024 * 1024 + 1), izin=grant)
    headers = {**ruang.warga(), "Idempotency-Key": new_id(), "X-Izin-Unggah": grant}
    unannounced = ruang.client.post(
        "/v1/berkas?syarat=KTP",
        input_stream=io.BytesIO(b"x" * (1024 * 1024 + 1)),
        headers=headers,
        environ_overrides={"wsgi.input_terminated": True},
    )

    for answer in (announced, unannounced):
        assert problem(answer) == (413, "terlalu-besar")
        assert "1 MB" in json.loads(answer.text)["detail"]
    assert ruang.objects() == []


def test_a_grant_opens_only_its_own_door(ruang: Ruang) -> None:
    id = new_id()
    refused: list[tuple[str, dict[str, Any]]] = [
        ("no grant", {"izin": ""}),
        ("expired", {"izin": ruang.izin(id, seconds=-60)}),
        ("not a grant", {"izin": ruang.izin(id, jenis="lihat")}),
        ("somebody else's", {"siapa": ruang.warga("w-0002")}),
        ("another office's clerk", {"siapa": ruang.petugas(kode="3276011007")}),
    ]

    for what, options in refused:
        assert problem(ruang.unggah(id, foto(), **options)) == (403, "grant-salah"), what
    assert problem(ruang.unggah(id, foto(), syarat="SURAT_KUASA")) == (422, "syarat-tak-dikenal")
    assert problem(ruang.client.post("/v1/berkas?syarat=KTP", data=b"x")) == (401, "belum-masuk")
    assert ruang.objects() == []


def test_a_clerk_scans_for_a_resident(ruang: Ruang) -> None:
    assert ruang.unggah(new_id(), foto(), siapa=ruang.petugas()).status_code == 202


def test_a_closed_round_takes_no_paper_and_the_next_one_does(ruang: Ruang) -> None:
    id = new_id()
    ruang.diajukan(id)
    ruang.lengkap(id)
    ruang.quiet()
    assert problem(ruang.unggah(id, foto())) == (403, "grant-salah")

    back = example("pengajuan.permohonan.dikembalikan", putaran=1, target="warga")
    ruang.near.say("pengajuan", id, ("permohonan.dikembalikan", back))
    ruang.quiet()
    assert problem(ruang.unggah(id, foto())) == (403, "grant-salah")
    assert ruang.unggah(id, foto(), izin=ruang.izin(id, putaran=2)).status_code == 202

    gone = example("pengajuan.permohonan.dibatalkan", putaran=1)
    ruang.near.say("pengajuan", id, ("permohonan.dibatalkan", gone))
    ruang.quiet()
    assert problem(ruang.unggah(id, foto(), izin=ruang.izin(id, putaran=2))) == (403, "grant-salah")


def test_a_repeated_post_is_the_same_paper(ruang: Ruang) -> None:
    id, key = new_id(), new_id()
    first = json.loads(ruang.unggah(id, foto(), kunci=key).text)
    again = json.loads(ruang.unggah(id, b"not read at all", kunci=key).text)

    assert again["id"] == first["id"]
    assert len(ruang.perkara(id)["berkas"]) == 1
    other = ruang.unggah(id, foto(), kunci=key, syarat="KK")
    assert problem(other) == (422, "kunci-dipakai-lain")


def test_a_slot_is_not_filled_without_end(ruang: Ruang) -> None:
    id = new_id()
    answers = [ruang.unggah(id, foto(610, 10 + n)).status_code for n in range(11)]

    assert answers == [202] * 10 + [409]


def test_a_clerk_who_opened_a_paper_gets_a_receipt_for_exactly_these_bytes(ruang: Ruang) -> None:
    id = new_id()
    paper = ruang.berkas(id, foto())
    shown = ruang.get(f"/v1/berkas/{paper['id']}/isi", ruang.petugas())
    seen = Verifier(ruang.settings.key_folder()).verify(
        shown.headers["X-Tanda-Lihat"], issuer="dokumen", audience="pengajuan"
    )

    expected = {"permohonan": id, "berkas": paper["id"], "sha256": paper["sha256"], "putaran": 1}
    assert {name: seen[name] for name in expected} == expected
    assert (seen["jenis"], seen["syarat"], seen["petugas"]) == ("lihat", "KTP", "petugas_loket.depok")


def test_nobody_else_sees_a_paper_and_every_look_is_written_down(ruang: Ruang) -> None:
    paper = ruang.berkas(new_id(), foto())["id"]

    assert ruang.get(f"/v1/berkas/{paper}", ruang.warga("w-0002")).status_code == 404
    assert ruang.get(f"/v1/berkas/{paper}", ruang.petugas(kode="3276051004")).status_code == 403
    assert ruang.get(f"/v1/berkas/{paper}", ruang.petugas("operator", "3276")).status_code == 403
    assert ruang.get(f"/v1/berkas/{paper}").status_code == 401
    assert ruang.get(f"/v1/berkas/{new_id()}", ruang.petugas()).status_code == 404
    looks = ruang.app.chain.find("audit", {"subject": paper})
    ruang.get(f"/v1/berkas/{paper}/isi", ruang.petugas("lurah"))
    after = ruang.app.chain.find("audit", {"subject": paper})
    assert len(after) == len(looks) + 1
    assert after[-1].body["actor"] == "lurah.depok"
