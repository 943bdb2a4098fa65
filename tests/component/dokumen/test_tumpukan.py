"""A pile scanned as one PDF: looked at, divided by pages, each part a paper of its own that is checked as any other."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pikepdf
from werkzeug.test import TestResponse

from chassis.ids import new_id
from dokumen.check import check
from support.ruang_surat import Ruang, foto

WIDTHS = (500, 510, 520, 530)  # of the pages, so that each can be told from the others


def tumpukan(signed: bool = False) -> bytes:
    """Four pages of a scanner; `signed` adds a field that holds a signature."""
    made = pikepdf.new()
    for width in WIDTHS:
        made.add_blank_page(page_size=(width, 842))
    if signed:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="ttd", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.make_indirect(field)]))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def kirim(ruang: Ruang, case: str, isi: bytes, **ganti: Any) -> TestResponse:
    headers = {**ruang.petugas(), "Idempotency-Key": new_id(), "X-Izin-Unggah": ruang.izin(case)}
    return ruang.client.post("/v1/berkas/tumpukan", data=isi, headers={**headers, **ganti})


def dipindai(ruang: Ruang, case: str, isi: bytes) -> dict[str, Any]:
    """The pile after its examination."""
    sent = kirim(ruang, case, isi)
    assert sent.status_code == 202, sent.text
    ruang.quiet()
    return keadaan(ruang, json.loads(sent.text)["id"])


def keadaan(ruang: Ruang, id: str) -> dict[str, Any]:
    return dict(json.loads(ruang.get(f"/v1/berkas/{id}", ruang.petugas()).text))


def bagi(ruang: Ruang, case: str, id: str, *bagian: tuple[str, list[int]], **ganti: Any) -> TestResponse:
    headers = {**ruang.petugas(), "Idempotency-Key": new_id(), "X-Izin-Unggah": ruang.izin(case), **ganti}
    parts = [{"syarat": code, "halaman": pages} for code, pages in bagian]
    return ruang.client.post(f"/v1/berkas/{id}/bagi", json={"bagian": parts}, headers=headers)


def slug(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, str(json.loads(answer.text)["type"].rsplit(":", 1)[1])


def lebar(ruang: Ruang, id: str) -> list[int]:
    """Widths of the pages of a clean paper."""
    with pikepdf.open(io.BytesIO(ruang.get(f"/v1/berkas/{id}/isi", ruang.petugas()).data)) as pdf:
        return [int(page.mediabox[2]) for page in pdf.pages]


def test_a_pile_becomes_papers_that_are_checked_and_told_and_is_erased(ruang: Ruang) -> None:
    case = new_id()
    pile = dipindai(ruang, case, tumpukan())
    assert (pile["status"], pile["halaman"]) == ("tumpukan", 4)
    assert ruang.get(f"/v1/berkas/{pile['id']}/halaman/4", ruang.petugas()).mimetype == "image/jpeg"
    assert ruang.told(case) == []
    assert check(ruang.app)["wrong"] == []

    asked = {"Idempotency-Key": new_id()}
    parts = (("KK", [2, 1]), ("KTP", [3]))
    answers = [bagi(ruang, case, pile["id"], *parts, **asked) for _ in range(2)]
    assert [a.status_code for a in answers] == [202, 202]
    ruang.quiet()

    done = keadaan(ruang, pile["id"])
    assert (done["status"], len(done["bagian"])) == ("dihapus", 2)
    kk, ktp = (keadaan(ruang, part["berkas"]) for part in done["bagian"])
    assert [(p["syarat"], p["status"], p["halaman"]) for p in (kk, ktp)] == [
        ("KK", "bersih", 2),
        ("KTP", "bersih", 1),
    ]
    assert (lebar(ruang, kk["id"]), lebar(ruang, ktp["id"])) == ([510, 500], [520])
    assert kk["dari"] == {"tumpukan": pile["id"], "halaman": [2, 1]}
    assert ruang.told(case) == ["berkas.diterima", "berkas.diterima"]
    assert ruang.get(f"/v1/berkas/{pile['id']}/halaman/1", ruang.petugas()).status_code == 410
    assert bagi(ruang, case, pile["id"], ("KTP", [4])).status_code == 410

    ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(hours=2))
    left = [key for key in ruang.objects() if f"/{case}/" in key]
    assert all(pile["sha256"] not in key and "/karantina/" not in key for key in left)
    assert check(ruang.app)["wrong"] == []


def test_a_signed_pdf_is_never_divided_and_a_photograph_is_no_pile(ruang: Ruang) -> None:
    case = new_id()
    signed, photo = dipindai(ruang, case, tumpukan(signed=True)), dipindai(ruang, case, foto())

    assert (signed["status"], signed["alasan"]) == ("ditolak", "pdf-bertanda-tangan-dibagi")
    assert (photo["status"], photo["alasan"]) == ("ditolak", "tumpukan-bukan-pdf")
    assert signed["pesan"].endswith("satu syarat.")
    assert bagi(ruang, case, signed["id"], ("KTP", [1])).status_code == 422
    assert ruang.told(case) == []


def test_pages_and_requirements_that_are_not_there_are_named(ruang: Ruang) -> None:
    case = new_id()
    pile = dipindai(ruang, case, tumpukan())
    wrong: list[tuple[str, list[int]]] = [("KTP", [5]), ("KTP", [1, 1]), ("IJAZAH", [1]), ("TUMPUKAN", [1])]

    assert [slug(bagi(ruang, case, pile["id"], part)) for part in wrong] == [
        (422, "halaman-salah"),
        (422, "halaman-salah"),
        (422, "syarat-tak-dikenal"),
        (422, "syarat-tak-dikenal"),
    ]
    assert keadaan(ruang, pile["id"])["bagian"] == []


def test_only_the_office_s_counter_has_piles_and_a_pile_is_no_paper_of_the_case(ruang: Ruang) -> None:
    case, other = new_id(), new_id()
    assert kirim(ruang, case, tumpukan(), **ruang.warga()).status_code == 403
    assert kirim(ruang, case, tumpukan(), **ruang.petugas(kode="3276051004")).status_code == 403
    assert slug(ruang.unggah(case, tumpukan(), syarat="TUMPUKAN")) == (422, "syarat-tak-dikenal")
    pile = dipindai(ruang, case, tumpukan())

    assert ruang.get(f"/v1/berkas/{pile['id']}/isi", ruang.petugas("lurah")).status_code == 409
    stranger = bagi(ruang, case, pile["id"], ("KTP", [1]), **{"X-Izin-Unggah": ruang.izin(other)})
    assert slug(stranger) == (403, "grant-salah")
    paper = ruang.berkas(case, foto())
    assert slug(bagi(ruang, case, paper["id"], ("KTP", [1]))) == (409, "transisi-salah")


def test_a_round_that_closed_takes_no_parts(ruang: Ruang) -> None:
    case = new_id()
    ruang.acuan()
    ruang.diajukan(case)
    ruang.quiet()
    pile = dipindai(ruang, case, tumpukan())
    ruang.lengkap(case)
    ruang.quiet()

    assert slug(bagi(ruang, case, pile["id"], ("KTP", [1]))) == (403, "grant-salah")
    assert keadaan(ruang, pile["id"])["status"] == "tumpukan"
    assert check(ruang.app)["wrong"] == []
