"""What a telephone reads when it is held over a printed letter: the QR code of its picture, nothing of its text."""

from __future__ import annotations

import pypdfium2
import zxingcpp

_SCALE = 200 / 72  # dots for a point: an ordinary printer and a steady hand


def alamat(pdf: bytes) -> str:
    """The one address in the QR codes of a letter."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=_SCALE).to_pil() for page in document]
    finally:
        document.close()
    found = {read.text for page in pages for read in zxingcpp.read_barcodes(page)}
    assert len(found) == 1, found
    return str(found.pop())
