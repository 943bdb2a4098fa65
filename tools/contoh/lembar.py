"""Pages of PDFs as pictures, one by one and many on a sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

GAP, LABEL, GROUND = 12, 24, 190


def pictures(pdf: bytes, width: int) -> list[Image.Image]:
    """Every page in grey, so many pixels wide; what a seal draws into its field is seen as well."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return [
        page.render(scale=width / page.get_width(), may_draw_forms=True).to_pil().convert("L")
        for page in document
    ]


def sheet(named: Sequence[tuple[str, Image.Image]], columns: int, greys: int = 16) -> bytes:
    """All pictures in rows under their names, in few greys: legible, and small enough for a repository (PNG)."""
    width = max(picture.width for _, picture in named)
    tall = max(picture.height for _, picture in named) + LABEL + GAP
    rows = -(-len(named) // columns)
    whole = Image.new("L", (columns * (width + GAP) + GAP, rows * tall + GAP), GROUND)
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(size=LABEL * 0.7)
    for n, (name, picture) in enumerate(named):
        left, top = GAP + n % columns * (width + GAP), GAP + n // columns * tall
        draw.text((left, top), name, fill=0, font=font)
        whole.paste(picture, (left, top + LABEL))
    out = io.BytesIO()
    whole.quantize(greys).save(out, "PNG", optimize=True)
    return out.getvalue()
