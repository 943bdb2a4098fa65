"""What stands beside what on a sheet: names beside emblems, titles beside marks, one signature beside the other."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from dokumen.adapters.katalog import muat_formulir
from dokumen.adapters.typst_letters import Renderer
from dokumen.domain.susun import mengetahui, naskah
from support import letters

MM = 72 / 25.4
EMBLEM_ENDS = (25 + 22) * MM


def place(pdf: bytes, words: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the first time that the words are printed, in points."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    found = text.search(words, match_case=True).get_next()
    assert found is not None, words
    boxes = [text.get_charbox(n) for n in range(found[0], sum(found))]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


@pytest.mark.parametrize("nama", ["Rangkapan Jaya Baru", "Contoh Nama Kelurahan Panjang Sekali"])
def test_a_long_name_of_an_office_keeps_clear_of_the_emblem(renderer: Renderer, nama: str) -> None:
    made = letters.bahan("skdom")
    made = replace(made, kantor={**made.kantor, "nama": nama})
    pdf = renderer.render("skdom", naskah(made, letters.number(made), letters.MARK).as_data())
    assert place(pdf, f"KELURAHAN {nama.upper()}")[0] > EMBLEM_ENDS


@pytest.mark.parametrize(("case", "kode"), letters.form_cases())
def test_the_title_of_a_form_keeps_clear_of_its_mark(renderer: Renderer, case: str, kode: str) -> None:
    form = muat_formulir()[kode]
    pdf = letters.sheet(renderer, case, kode).pdf
    title = max(place(pdf, word)[2] for word in form.judul.upper().split())
    assert title < place(pdf, form.model)[0]


@pytest.mark.parametrize("case", ["sktm", "skdu", "ramai"])
def test_both_signers_names_are_set_in_letters_of_one_size(renderer: Renderer, case: str) -> None:
    made = letters.bahan(case)
    sheet = letters.compose(renderer, case)
    block = {**mengetahui(made, letters.number(made)).as_data(), "huruf": sheet.huruf}
    heights = [
        p[3] - p[1] for p in (place(sheet.pdf, "NIP"), place(renderer.render("mengetahui", block), "NIP"))
    ]
    assert heights[0] == pytest.approx(heights[1], abs=0.01)
