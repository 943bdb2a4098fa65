"""PDF/A by an independent judge: letters as rendered, under one seal, under two, and forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from dokumen.adapters.authority import Authority
from dokumen.adapters.pades import seal
from dokumen.adapters.typst_letters import Renderer
from dokumen.domain.susun import naskah, template
from support import letters
from tools.verapdf import complaints

# One of each product (R4): one seal, two seals, the kecamatan's own, on behalf of the camat, a letter to an addressee.
SEALED = ("skdom", "sktm", "disp_nikah", "sktm-an-camat", "ramai")


@pytest.mark.slow
@pytest.mark.needs_verapdf
def test_every_letter_and_form_keeps_pdf_a_before_and_under_its_seals(
    renderer: Renderer, tmp_path: Path
) -> None:
    made = {f"{case}.pdf": letters.compose(renderer, case).pdf for case in letters.cases()}
    sealed = {f"{case}-segel.pdf": letters.issued(renderer, case) for case in SEALED}
    forms = {
        f"{kode}-{case}.pdf": letters.sheet(renderer, case, kode).pdf for case, kode in letters.form_cases()
    }
    sktm = letters.bahan("sktm")
    draft = renderer.render(template(sktm), naskah(sktm, "-", None, konsep=True).as_data())
    for name, pdf in {**made, **sealed, **forms, "konsep.pdf": draft}.items():
        (tmp_path / name).write_bytes(pdf)

    assert complaints(sorted(tmp_path.glob("*.pdf"))) == []


@pytest.mark.needs_verapdf
def test_the_judge_does_complain(renderer: Renderer, authority: Authority, tmp_path: Path) -> None:
    """A seal right behind `%%EOF`, as it was once: an object that no line end precedes."""
    pdf = letters.compose(renderer, "skdom").pdf.rstrip(b"\n")
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    broken = seal(pdf, key, field="Lurah", reason="Segel", location="Depok", when=letters.WHEN)
    (tmp_path / "rusak.pdf").write_bytes(broken)

    assert any("6.1.9" in line for line in complaints([tmp_path / "rusak.pdf"]))
