"""One examiner for every kind of paper: type by content, photographs re-encoded, PDFs opened, cleaned, pictured."""

from __future__ import annotations

from pathlib import Path

from dokumen.adapters import images, pdfs
from dokumen.adapters.content_type import Jenis, detect
from dokumen.application.pintu import Temuan


def periksa(path: Path, folder: Path, maks_halaman: int = pdfs.Batas().maks_halaman) -> Temuan:
    """Writes into `folder`. Raises `BerkasDitolak`."""
    jenis, target, small = detect(path), folder / "bersih", folder / "kecil"
    if jenis is Jenis.PDF:
        paper = pdfs.process(path, target, pdfs.Batas(maks_halaman=maks_halaman))
        kept = target if paper.ditulis_ulang else path
        pages = pdfs.pages(kept, folder)
        small.write_bytes(paper.thumb)
        signed = paper.bertanda_tangan
        return Temuan(berkas=kept, jenis="pdf", gambar=small, halaman=pages, bertanda_tangan=signed)
    picture = images.process(path)
    target.write_bytes(picture.jpeg)
    small.write_bytes(picture.thumb)
    found = picture.peringatan
    return Temuan(berkas=target, jenis="jpeg", gambar=small, halaman=(target,), peringatan=found)
