"""`PYTHONPATH=tests python -m tools.contoh`: golden texts written anew, and one sheet with all kinds of letters.

Look at `git diff` afterwards: every changed line is a changed letter.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from dokumen.adapters.typst_letters import Renderer
from support import letters

SHEET = Path(__file__).resolve().parents[2] / "docs" / "examples" / "surat.png"
COLUMNS, WIDTH, GAP, LABEL = 6, 520, 12, 20
# One of each kind, and the variants that look different.
SHOWN = (
    "skdom", "skdom-f4-plh", "sktm", "sktm-an-camat", "skck_p", "nikah",
    "nikah-sipil", "n6", "disp_nikah", "lahir", "mati", "skbm",
    "sku", "skdu", "sktt", "ramai",
)  # fmt: skip
FORMS = (("nikah", "N2"), ("nikah-muda", "N5"))


def main() -> None:
    renderer = Renderer()
    for case in letters.cases():
        letters.golden(case).write_text(letters.text(letters.compose(renderer, case).pdf), "utf-8")
    pages = [(case, letters.issued(renderer, case)) for case in SHOWN]
    pages += [(code, letters.sheet(renderer, case, code).pdf) for case, code in FORMS]
    SHEET.write_bytes(_sheet([(name, _picture(pdf)) for name, pdf in pages]))


def _picture(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    picture: Image.Image = page.render(scale=WIDTH / page.get_width(), may_draw_forms=True).to_pil()
    return picture.convert("L")


def _sheet(pictures: list[tuple[str, Image.Image]]) -> bytes:
    """All pictures in rows with their names, in 16 greys: legible, and small enough for a repository."""
    tall = max(p.height for _, p in pictures) + LABEL + GAP
    rows = -(-len(pictures) // COLUMNS)
    whole = Image.new("L", (COLUMNS * (WIDTH + GAP) + GAP, rows * tall + GAP), 190)
    draw = ImageDraw.Draw(whole)
    for n, (name, picture) in enumerate(pictures):
        left, top = GAP + n % COLUMNS * (WIDTH + GAP), GAP + n // COLUMNS * tall
        draw.text((left, top), name, fill=0)
        whole.paste(picture, (left, top + LABEL))
    out = io.BytesIO()
    whole.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
