"""Every kind of letter and form, from golden cases: what it prints, that nothing overflows, that it stays the same."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from dokumen.adapters.authority import Authority
from dokumen.adapters.halangan import sebab
from dokumen.adapters.katalog import muat, muat_formulir
from dokumen.adapters.typst_letters import Renderer
from dokumen.adapters.verifier import Verdict, inspect
from dokumen.domain.isian import MedanKurang, MedanSalah
from dokumen.domain.naskah import LembarFormulir, Naskah
from dokumen.domain.susun import KantorKurang, lembar, naskah
from support import letters

# What decides the wording ("suami dari", "bin") and does not stand there itself.
WORDING = {"jenis_kelamin"}


@pytest.fixture(scope="module")
def other() -> Renderer:
    return Renderer()


def squeezed(text: str) -> str:
    """Without spaces and capitals: an answer that begins a column begins with a capital."""
    return "".join(text.split()).casefold()


def unprinted(made: Naskah | LembarFormulir, pdf: bytes) -> list[str]:
    """Fields whose words are nowhere on the sheet."""
    text = squeezed(letters.text(pdf))
    found = {id: value if isinstance(value, list) else [value] for id, value in made.isi.items()}
    return [
        id
        for id, values in found.items()
        if any(isinstance(v, str) and squeezed(v) not in text for v in values)
    ]


def test_every_kind_has_a_golden_case() -> None:
    shown = {letters.bahan(case).layanan.kode for case in letters.cases()}
    assert shown == set(muat())
    assert {kode for _, kode in letters.form_cases()} == set(muat_formulir())


@pytest.mark.parametrize("case", letters.cases())
def test_a_letter_says_word_for_word_what_it_said_before(renderer: Renderer, case: str) -> None:
    assert letters.text(letters.compose(renderer, case).pdf) == letters.golden(case).read_text("utf-8")


@pytest.mark.parametrize("case", letters.cases())
def test_everything_a_letter_asks_for_is_printed_on_one_sheet(
    renderer: Renderer, other: Renderer, case: str
) -> None:
    sheet = letters.compose(renderer, case)

    assert sheet.pages == len(pypdfium2.PdfDocument(sheet.pdf)) == 1
    assert set(unprinted(letters.letter(case)[1], sheet.pdf)) <= (WORDING if case == "n6" else set())
    assert letters.compose(other, case).pdf == sheet.pdf
    assert (sheet.mengetahui is not None) == (letters.bahan(case).layanan.produk == "legalisasi")


@pytest.mark.parametrize(("case", "kode"), letters.form_cases())
def test_a_form_is_filled_on_one_sheet(renderer: Renderer, other: Renderer, case: str, kode: str) -> None:
    form = muat_formulir()[kode]
    filled = lembar(form, letters.answers(case), letters.office(), letters.TODAY)
    sheet = letters.sheet(renderer, case, kode)

    assert sheet.pages == 1
    assert set(unprinted(filled, sheet.pdf)) <= WORDING
    assert form.model in letters.text(sheet.pdf)
    assert letters.sheet(other, case, kode).pdf == sheet.pdf


@pytest.mark.parametrize("case", ["skdom", "sktm", "sktm-an-camat", "disp_nikah", "ramai-lurah"])
def test_each_product_is_sealed_by_the_offices_that_answer_for_it(renderer: Renderer, case: str) -> None:
    found = inspect(letters.issued(renderer, case), [])
    signers = {
        "sktm": ["Segel Kelurahan Mekarjaya", "Segel Kecamatan Sukmajaya"],
        "disp_nikah": ["Segel Kecamatan Sukmajaya"],
    }
    assert [s.signer for s in found.seals] == signers.get(case, ["Segel Kelurahan Mekarjaya"])
    assert all(s.intact for s in found.seals)
    assert found.verdict is not Verdict.BERUBAH


def test_a_seal_of_the_offices_own_authority_is_trusted(renderer: Renderer, authority: Authority) -> None:
    assert inspect(letters.sealed_skdom(renderer, authority), [authority.root_pem]).verdict is Verdict.ASLI


@pytest.mark.parametrize(
    ("case", "ganti", "alasan", "medan"),
    [
        ("skdom", {"tinggal_sejak": None}, "data_belum_lengkap", "jawaban.tinggal_sejak"),
        ("skdom", {"tinggal_sejak": "Agustus"}, "data_tidak_sesuai", "jawaban.tinggal_sejak"),
        ("skdom", {"status_tinggal": "istana"}, "data_tidak_sesuai", "jawaban.status_tinggal"),
        ("skbm", {"status_kawin": "cerai_hidup"}, "data_tidak_sesuai", "jawaban.status_kawin"),
        ("sktm", {"untuk_nama": " "}, "data_belum_lengkap", "jawaban.untuk_nama"),
        ("lahir", {"anak_nama": ""}, "data_belum_lengkap", "jawaban.anak_nama"),
        ("lahir", {"anak_jam_lahir": "pagi"}, "data_tidak_sesuai", "jawaban.anak_jam_lahir"),
        ("nikah", {"akad_tanggal": None}, "data_belum_lengkap", "jawaban.usia_akad"),
        ("skdu", {"karyawan": "banyak"}, "data_tidak_sesuai", "jawaban.karyawan"),
        ("ramai", {"musik": "ya"}, "data_tidak_sesuai", "jawaban.musik"),
        ("skck_p", {"kepolisian": "koramil"}, "data_tidak_sesuai", "jawaban.kepolisian"),
    ],
)
def test_what_keeps_a_letter_from_being_written_is_named(
    case: str, ganti: dict[str, Any], alasan: str, medan: str
) -> None:
    made = letters.bahan(case, jawaban={**letters.answers(case), **ganti})
    with pytest.raises(MedanKurang) as held:
        naskah(made, letters.number(made), letters.MARK)
    assert (sebab(held.value).alasan, sebab(held.value).medan) == (alasan, medan)
    assert isinstance(held.value, MedanSalah) == (alasan == "data_tidak_sesuai")


@pytest.mark.parametrize(
    ("case", "medan"), [("skck_p", "polsek"), ("ramai", "polsek"), ("nikah-sipil", "disdukcapil")]
)
def test_an_office_that_named_no_addressee_sends_no_letter_to_nobody(case: str, medan: str) -> None:
    made = letters.bahan(case, kantor={**letters.office(), "surat": {"tujuan": {}}})
    with pytest.raises(KantorKurang) as held:
        naskah(made, letters.number(made), letters.MARK)
    assert sebab(held.value).medan == f"kantor.tujuan_{medan}"


def test_good_conduct_is_stated_only_where_the_office_chose_to(renderer: Renderer) -> None:
    said = {
        case: "berkelakuan baik" in letters.text(letters.compose(renderer, case).pdf)
        for case in letters.cases()
    }
    assert [case for case, yes in said.items() if yes] == ["skck_p-kelakuan-baik"]
