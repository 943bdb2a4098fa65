"""Letters as they come out of the templates: what they say, how they fit, and that they never print a blank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from dokumen.adapters.fields import MissingField, UnknownTemplate
from dokumen.adapters.typst_letters import Renderer, TemplateFailed
from dokumen.domain.naskah import Kertas, Mengetahui, Naskah
from dokumen.domain.susun import naskah, template
from support.letters import (
    MARK,
    MENGETAHUI,
    SKDOM,
    SKTM,
    answers,
    bahan,
    compose,
    letter,
    number,
    official,
    signer,
)

LONG = "Dr. Hj. Raden Roro Ratna Puspitaningrum Kusumaatmadja, S.STP., S.H., M.Si., M.Kn."


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


@pytest.mark.parametrize("case", ["skdom", "sktm", "skck_p", "sku", "ramai", "skdu"])
def test_long_names_and_addresses_wrap_and_stay_on_one_sheet(renderer: Renderer, case: str) -> None:
    long = answers("skdom-panjang")
    made = bahan(
        case, jawaban={**answers(case), **{k: long[k] for k in ("nama", "alamat", "pekerjaan", "agama")}}
    )
    block = signer(official("lurah"), baris=("a.n. CAMAT SUKMAJAYA", "LURAH MEKARJAYA,"), nama=LONG)
    sheet = renderer.compose(
        template(made), replace(naskah(made, number(made), MARK), penandatangan=block).as_data()
    )
    assert sheet.pages == 1
    page = pypdfium2.PdfDocument(sheet.pdf)[0]
    text = page.get_textpage()
    typed = [i for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    boxes = [text.get_charbox(i) for i in typed]
    assert min(left for left, _, _, _ in boxes) >= 25 / 25.4 * 72 - 1
    assert max(right for _, _, right, _ in boxes) <= page.get_width() - 20 / 25.4 * 72 + 1
    assert min(bottom for _, bottom, _, _ in boxes) >= 20
    assert long["nama"] in words(sheet.pdf)


def test_a_letter_far_too_long_takes_a_second_sheet_and_its_signature_is_not_alone_there(
    renderer: Renderer,
) -> None:
    isi = {**SKTM.isi, "keperluan": "keperluan yang panjang sekali, " * 60}
    sheet = renderer.compose("sktm", replace(SKTM, isi=isi).as_data())
    assert sheet.pages == 2
    assert sheet.mengetahui is not None
    assert sheet.mengetahui.page == 1
    last = pypdfium2.PdfDocument(sheet.pdf)[1].get_textpage().get_text_range()
    assert "Demikian surat keterangan ini" in " ".join(last.split())


def test_a_camat_s_long_title_is_made_smaller_not_cut(renderer: Renderer) -> None:
    block = replace(
        MENGETAHUI.penandatangan,
        baris=("a.n. CAMAT SUKMAJAYA", "SEKRETARIS KECAMATAN", "u.b.", "KEPALA SEKSI PELAYANAN UMUM,"),
        nama=LONG,
    )
    sheet = renderer.compose("mengetahui", replace(MENGETAHUI, penandatangan=block).as_data())
    assert len(pypdfium2.PdfDocument(sheet.pdf)) == 1
    assert "NIP 19710820 199203 1 002" in words(sheet.pdf)


def test_a_countersignature_that_cannot_fit_is_refused_not_cut(renderer: Renderer) -> None:
    block = replace(MENGETAHUI.penandatangan, nama="Nama yang panjang sekali " * 30)
    with pytest.raises(TemplateFailed, match="does not fit"):
        renderer.render("mengetahui", replace(MENGETAHUI, penandatangan=block).as_data())


@pytest.mark.parametrize(
    "signs", ["#panic()", "*tebal* _miring_", "$x$ @tautan <label>", "// komentar", 'kutip " dan \\']
)
def test_what_a_resident_typed_is_printed_and_never_run(renderer: Renderer, signs: str) -> None:
    made = bahan("skdom-f4-plh")
    text = words(
        renderer.render(
            "skdom",
            naskah(
                replace(made, jawaban={**made.jawaban, "keperluan_lain": signs}), number(made), MARK
            ).as_data(),
        )
    )
    assert " ".join(signs.split()) in text.replace("“", '"').replace("”", '"')


@pytest.mark.parametrize("sign", ["漢", "🏠", "\u0950"])
def test_a_sign_that_the_font_lacks_is_refused_not_printed_as_an_empty_box(
    renderer: Renderer, sign: str
) -> None:
    with pytest.raises(TemplateFailed):
        renderer.render("skdom", replace(SKDOM, isi={**SKDOM.isi, "nama": f"Sari {sign}"}).as_data())


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"nomor": ""}, "nomor"),
        ({"kop": replace(SKDOM.kop, telepon=" ")}, "kop.telepon"),
        ({"penandatangan": replace(SKDOM.penandatangan, nip="")}, "penandatangan.nip"),
        ({"penandatangan": replace(SKDOM.penandatangan, baris=())}, "penandatangan.baris"),
        ({"verifikasi": None}, "verifikasi.url"),
    ],
)
def test_a_missing_field_is_named_and_nothing_is_printed(
    renderer: Renderer, change: dict[str, Any], name: str
) -> None:
    with pytest.raises(MissingField) as missing:
        renderer.render("skdom", replace(SKDOM, **change).as_data())
    assert missing.value.name == name


@pytest.mark.parametrize("name", ["surat", "kop", "../skdom", "bagian/kop", "tidak_ada", "formulir/../skdom"])
def test_only_declared_templates_are_rendered(renderer: Renderer, name: str) -> None:
    with pytest.raises(UnknownTemplate):
        renderer.render(name, SKDOM.as_data())


def test_the_pdf_calls_itself_pdf_a_2b_and_embeds_every_font(renderer: Renderer) -> None:
    with pikepdf.open(BytesIO(renderer.render("sktm", SKTM.as_data()))) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        [intent] = pdf.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_a_draft_bears_neither_number_nor_code(renderer: Renderer) -> None:
    made = bahan("sktm")
    draft = naskah(made, "(belum bernomor)", None, konsep=True)
    text = words(renderer.render(template(made), draft.as_data()))
    assert "KONSEP" in text
    assert "Bukan surat." in text
    assert "400.9.14.1" not in text
    assert "Periksa keasliannya" not in text
    assert renderer.compose(template(made), draft.as_data()).mengetahui is None


@pytest.mark.parametrize("tanda", ["segel", "basah", "tte", "tte_uji"])
def test_only_a_certified_signature_is_called_one(renderer: Renderer, tanda: Any) -> None:
    text = words(renderer.render("skdom", replace(SKDOM, tanda=tanda).as_data()))
    assert ("BSrE" in text) == (tanda == "tte")
    assert ("Belum bertanda tangan elektronik tersertifikasi" in text) == (tanda != "tte")


def test_dates_are_written_as_in_indonesia() -> None:
    assert replace(SKDOM, tanggal=date(2026, 8, 5)).as_data()["tanggal"] == "5 Agustus 2026"


def test_a_golden_letter_is_on_one_sheet(renderer: Renderer) -> None:
    assert compose(renderer, "nikah-janda").pages == 1
    assert letter("nikah-sipil")[0] == "nikah_sipil"
