"""One examiner for every kind of paper: type by content, photographs re-encoded, PDFs opened and counted."""

from __future__ import annotations

from pathlib import Path

from dokumen.adapters import images, pdfs
from dokumen.adapters.content_type import Jenis, detect
from dokumen.application.pintu import Temuan


def periksa(path: Path, folder: Path) -> Temuan:
    """`dokumen.application.pintu.Pemeriksa`."""
    jenis, target = detect(path), folder / "bersih"
    if jenis is Jenis.PDF:
        paper = pdfs.process(path, target)
        kept = target if paper.ditulis_ulang else path
        return Temuan(berkas=kept, jenis="pdf", halaman=paper.halaman, gambar=paper.thumb)
    picture = images.process(path)
    target.write_bytes(picture.jpeg)
    return Temuan(berkas=target, jenis="jpeg", halaman=1, gambar=picture.thumb)
