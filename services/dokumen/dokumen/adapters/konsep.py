"""Drafts of letters and filled forms: what people read before a letter exists, or sign themselves. No seal, no key."""

from __future__ import annotations

from datetime import date

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

    def konsep(self, bahan: Bahan) -> bytes:
        """The letter as it would be, marked as a draft: no number, no code."""
        try:
            draft = naskah(bahan, BELUM_BERNOMOR, None, konsep=True)
            return self._renderer.render(template(bahan), draft.as_data())
        except HALANGAN as error:
            raise NaskahKurang(kata(error)) from error

    def formulir(self, formulir: Formulir, jawaban: Data, kantor: Data, tanggal: date) -> bytes:
        try:
            filled = lembar(formulir, jawaban, kantor, tanggal)
            return self._renderer.render(formulir.template, filled.as_data())
        except HALANGAN as error:
            raise NaskahKurang(kata(error)) from error
