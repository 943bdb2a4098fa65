"""Drafts of letters and filled forms: what people read before a letter exists, or sign themselves. No seal, no key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pypdfium2

from dokumen.adapters.halangan import HALANGAN, kata
from dokumen.adapters.typst_letters import Renderer
from dokumen.domain.galat import NaskahKurang
from dokumen.domain.katalog import Formulir
from dokumen.domain.susun import Bahan, Data, lembar, naskah, template

BELUM_BERNOMOR = "(belum bernomor)"


class PencetakKonsep:
    """`dokumen.application.konsep.Pengetik`. Whatever is missing is named in words: `NaskahKurang`."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def konsep(self, bahan: Sequence[Bahan]) -> bytes:
        """The letters as they would be, marked as drafts: no number, no code."""
        try:
            return _jilid([self._satu(one) for one in bahan])
        except HALANGAN as error:
            raise NaskahKurang(kata(error)) from error

    def _satu(self, bahan: Bahan) -> bytes:
        draft = naskah(bahan, BELUM_BERNOMOR, None, konsep=True)
        return self._renderer.render(template(bahan), draft.as_data())

    def formulir(self, formulir: Formulir, jawaban: Data, kantor: Data, tanggal: date) -> bytes:
        try:
            filled = lembar(formulir, jawaban, kantor, tanggal)
            return self._renderer.render(formulir.template, filled.as_data())
        except HALANGAN as error:
            raise NaskahKurang(kata(error)) from error


def _jilid(lembar: list[bytes]) -> bytes:
    """The drafts of one case as one file, as the signer turns through them."""
    if len(lembar) == 1:
        return lembar[0]
    bound, out = pypdfium2.PdfDocument.new(), BytesIO()
    for pdf in lembar:
        bound.import_pages(pypdfium2.PdfDocument(pdf))
    bound.save(out)
    bound.close()
    return out.getvalue()
