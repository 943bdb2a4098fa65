"""PDFs as residents send them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from dokumen.adapters.pdfs import Batas, process
from dokumen.domain.penolakan import BerkasDitolak


def made(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def saved(pdf: pikepdf.Pdf, tmp_path: Path, encryption: pikepdf.Encryption | bool = False) -> Path:
    path = tmp_path / "berkas.pdf"
    pdf.save(path, encryption=encryption)
    return path


def sign(pdf: pikepdf.Pdf) -> None:
    value = pdf.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("00")))
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("s1"), V=value))
    parent = pdf.make_indirect(Dictionary(T=String("g"), Kids=Array([field])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([parent]), SigFlags=3)


def make_dangerous(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('SKRIP')"))
    pdf.Root.OpenAction = script
    pdf.pages[0].obj.AA = Dictionary(O=script)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    pdf.attachments["virus.exe"] = b"SKRIP"


def test_pages_are_counted_and_the_first_one_pictured(tmp_path: Path) -> None:
    paper = process(saved(made(3), tmp_path), tmp_path / "bersih.pdf")
    assert (paper.halaman, paper.bertanda_tangan, paper.ditulis_ulang) == (3, False, False)
    thumb = Image.open(io.BytesIO(paper.thumb))
    assert thumb.format == "JPEG"
    assert max(thumb.size) in {320, 321}
    assert not (tmp_path / "bersih.pdf").exists()


@pytest.mark.parametrize("user", ["rahasia", ""])
def test_a_locked_pdf_is_refused_with_a_way_out(tmp_path: Path, user: str) -> None:
    path = saved(made(), tmp_path, pikepdf.Encryption(owner="pemilik", user=user))
    with pytest.raises(BerkasDitolak) as caught:
        process(path, tmp_path / "x")
    assert caught.value.slug == "pdf-terkunci"


def test_too_many_pages_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = saved(made(3), tmp_path)
    with pytest.raises(BerkasDitolak) as caught:
        process(path, tmp_path / "x", Batas(maks_halaman=2))
    assert caught.value.slug == "pdf-terlalu-panjang"
    assert "3 halaman, paling banyak 2" in caught.value.pesan


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", b"halo"]
)
def test_what_cannot_be_opened_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(content)
    with pytest.raises(BerkasDitolak) as caught:
        process(path, tmp_path / "x")
    assert caught.value.slug == "pdf-rusak"


def test_scripts_and_attachments_are_taken_out(tmp_path: Path) -> None:
    pdf = made()
    make_dangerous(pdf)
    clean = tmp_path / "bersih.pdf"
    assert process(saved(pdf, tmp_path), clean).ditulis_ulang
    with pikepdf.open(clean) as written:
        plain = [obj for obj in written.objects if not isinstance(obj, pikepdf.Stream)]
        text = b" ".join(obj.unparse(resolved=True) for obj in plain)
        assert b"SKRIP" not in text
        assert b"JavaScript" not in text
        assert len(written.attachments) == 0
    assert not process(clean, tmp_path / "x").ditulis_ulang


def test_plain_links_and_a_first_page_do_not_force_a_rewrite(tmp_path: Path) -> None:
    pdf = made()
    web = Dictionary(S=Name.URI, URI=String("https://contoh.example"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=web)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    assert not process(saved(pdf, tmp_path), tmp_path / "x").ditulis_ulang


def test_a_signed_pdf_is_never_rewritten(tmp_path: Path) -> None:
    pdf = made()
    sign(pdf)
    path = saved(pdf, tmp_path)
    before = path.read_bytes()
    paper = process(path, tmp_path / "x")
    assert (paper.bertanda_tangan, paper.ditulis_ulang) == (True, False)
    assert path.read_bytes() == before


def test_a_signed_pdf_with_a_script_is_refused(tmp_path: Path) -> None:
    pdf = made()
    sign(pdf)
    make_dangerous(pdf)
    path = saved(pdf, tmp_path)
    with pytest.raises(BerkasDitolak) as caught:
        process(path, tmp_path / "x")
    assert caught.value.slug == "pdf-bertanda-tangan-berskrip"
