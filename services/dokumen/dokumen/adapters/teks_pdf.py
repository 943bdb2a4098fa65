"""What a PDF says, page by page."""

from __future__ import annotations

from pypdfium2 import PdfDocument


def words(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
