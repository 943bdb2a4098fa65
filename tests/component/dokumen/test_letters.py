from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from dokumen.adapters.fields import MissingField, UnknownTemplate
from dokumen.adapters.typst_letters import Renderer
from dokumen.domain.naskah import Kertas, Mengetahui, Naskah
from support.letters import LURAH, MENGETAHUI, SITI, SKDOM, SKTM

LONG = replace(
    SITI,
    nama="Raden Ajeng Siti Nurhaliza Kusumawardhani Prawirodirdjo binti Haji Muhammad Abdurrahman Wirasasmita",
    alamat="Perumahan Griya Contoh Indah Permai Blok Anggrek Bulan Nomor 117 Kavling B, Jalan Raya Contoh Gang Dalam",
    pekerjaan="Pegawai Negeri Sipil pada Kementerian Energi dan Sumber Daya Mineral Republik Indonesia",
    agama="Kepercayaan terhadap Tuhan Yang Maha Esa",
)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.mark.parametrize(
    ("template", "letter"), [("skdom", SKDOM), ("sktm", SKTM), ("mengetahui", MENGETAHUI)]
)
def test_the_same_data_give_the_same_bytes_from_another_renderer_too(
    renderer: Renderer, template: str, letter: Naskah | Mengetahui
) -> None:
    assert renderer.render(template, letter.as_data()) == Renderer().render(template, letter.as_data())


def test_a_letter_after_another_one_is_not_coloured_by_it(renderer: Renderer) -> None:
    alone = renderer.render("skdom", SKDOM.as_data())
    renderer.render("sktm", SKTM.as_data())
    assert renderer.render("skdom", SKDOM.as_data()) == alone


def test_a_domicile_letter_says_what_it_has_to_say(renderer: Renderer) -> None:
    text = words(renderer.render("skdom", SKDOM.as_data()))
    for part in (
        "PEMERINTAH KOTA DEPOK",
        "KELURAHAN MEKARJAYA",
        "Kode Pos 16411",
        "SURAT KETERANGAN DOMISILI NOMOR: 400.12.2.1/0001/05.1004/XI/2026",
        "Depok, 1 Januari 1990",
        "benar berdomisili di Jalan Kenanga Nomor 15 RT 002 RW 008",
        "sejak 1 Maret 2021",
        "Depok, 22 November 2026",
        "K7QM-24XD-9",
        "surat.depok.example/cek",
        "NIP 19790312 199903 2 001",
        "Belum bertanda tangan elektronik tersertifikasi",
    ):
        assert part in text
    assert "Ditandatangani" not in text


def test_a_poverty_letter_keeps_a_place_for_the_camat_inside_the_page(renderer: Renderer) -> None:
    sheet = renderer.compose("sktm", SKTM.as_data())
    place = sheet.mengetahui
    assert place is not None
    assert place.page == 0
    assert 0 < place.left < place.right < 300
    assert 56 < place.bottom < place.top < 400
    assert "tergolong keluarga tidak mampu" in words(sheet.pdf)
    assert renderer.compose("skdom", SKDOM.as_data()).mengetahui is None


@pytest.mark.parametrize(("kertas", "size"), [("A4", (595, 842)), ("F4", (609, 935))])
def test_the_paper_is_the_office_s(renderer: Renderer, kertas: Kertas, size: tuple[int, int]) -> None:
    pdf = renderer.render("skdom", replace(SKDOM, kertas=kertas).as_data())
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert (round(width), round(height)) == size


@pytest.mark.parametrize(("template", "letter"), [("skdom", SKDOM), ("sktm", SKTM)])
def test_long_names_and_addresses_wrap_and_stay_on_one_sheet(
    renderer: Renderer, template: str, letter: Naskah
) -> None:
    signer = replace(
        LURAH,
        awalan="a.n. Camat Sukmajaya",
        nama="Dr. Hj. Raden Roro Ratna Puspitaningrum Kusumaatmadja, S.STP., S.H., M.Si., M.Kn.",
    )
    sheet = renderer.compose(template, replace(letter, orang=LONG, penandatangan=signer).as_data())
    assert sheet.pages == 1
    page = pypdfium2.PdfDocument(sheet.pdf)[0]
    text = page.get_textpage()
    typed = [i for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    boxes = [text.get_charbox(i) for i in typed]
    assert min(left for left, _, _, _ in boxes) >= 25 / 25.4 * 72 - 1
    assert max(right for _, _, right, _ in boxes) <= page.get_width() - 20 / 25.4 * 72 + 1
    assert LONG.nama in words(sheet.pdf)


def test_a_letter_far_too_long_takes_a_second_sheet_and_its_signature_is_not_alone_there(
    renderer: Renderer,
) -> None:
    sheet = renderer.compose(
        "sktm", replace(SKTM, keperluan="keperluan yang panjang sekali, " * 60).as_data()
    )
    assert sheet.pages == 2
    assert sheet.mengetahui is not None
    assert sheet.mengetahui.page == 1
    last = pypdfium2.PdfDocument(sheet.pdf)[1].get_textpage().get_text_range()
    assert "Demikian surat keterangan ini" in " ".join(last.split())


def test_a_camat_s_long_title_is_made_smaller_not_cut(renderer: Renderer) -> None:
    signer = replace(
        MENGETAHUI.penandatangan,
        awalan="Plh. Camat Sukmajaya",
        jabatan="Sekretaris Kecamatan Sukmajaya Kota Depok",
        nama="Dr. Drs. H. Raden Bambang Wirasena Kusumaatmadja, S.H., M.Si., M.Kn.",
    )
    sheet = renderer.compose("mengetahui", replace(MENGETAHUI, penandatangan=signer).as_data())
    assert len(pypdfium2.PdfDocument(sheet.pdf)) == 1
    assert "NIP 19710820 199203 1 002" in words(sheet.pdf)


@pytest.mark.parametrize(
    "signs", ["#panic()", "*tebal* _miring_", "$x$ @tautan <label>", "// komentar", 'kutip " dan \\']
)
def test_what_a_resident_typed_is_printed_and_never_run(renderer: Renderer, signs: str) -> None:
    text = words(renderer.render("skdom", replace(SKDOM, keperluan=signs).as_data()))
    assert " ".join(signs.split()) in text.replace("“", '"').replace("”", '"')


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"nomor": ""}, "nomor"),
        ({"keperluan": "   "}, "keperluan"),
        ({"orang": replace(SITI, nik="")}, "orang.nik"),
        ({"penandatangan": replace(LURAH, nip="")}, "penandatangan.nip"),
    ],
)
def test_a_missing_field_is_named_and_nothing_is_printed(
    renderer: Renderer, change: dict[str, Any], name: str
) -> None:
    with pytest.raises(MissingField) as missing:
        renderer.render("skdom", replace(SKDOM, **change).as_data())
    assert missing.value.name == name


def test_a_statement_of_another_kind_is_missing_its_fields(renderer: Renderer) -> None:
    with pytest.raises(MissingField) as missing:
        renderer.render("skdom", SKTM.as_data())
    assert missing.value.names == ("isi.alamat", "isi.rt", "isi.rw", "isi.sejak", "isi.tempat_tinggal")


@pytest.mark.parametrize("name", ["surat", "kop", "../skdom", "tidak-ada"])
def test_only_declared_templates_are_rendered(renderer: Renderer, name: str) -> None:
    with pytest.raises(UnknownTemplate):
        renderer.render(name, SKDOM.as_data())


def test_the_pdf_calls_itself_pdf_a_2b_and_embeds_every_font(renderer: Renderer) -> None:
    with pikepdf.open(BytesIO(renderer.render("sktm", SKTM.as_data()))) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_dates_are_written_as_in_indonesia() -> None:
    assert replace(SKDOM, tanggal=date(2026, 8, 5)).as_data()["tanggal"] == "5 Agustus 2026"
