"""PDFs are opened, counted and pictured; scripts and attachments go, unless a signature forbids any change.

A PDF that carries a digital signature is stored byte for byte or refused, never rewritten (R11).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from dokumen.adapters.images import encode
from dokumen.domain.penolakan import BerkasDitolak, bertanda_tangan


@dataclass(frozen=True, slots=True, kw_only=True)
class Batas:
    """Most pages; the longer side in pixels of the thumbnail, and of a page in the viewer."""

    maks_halaman: int = 30
    sisi_kecil: int = 320
    sisi: int = 1400


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPaper:
    """What was found; `ditulis_ulang` says that the cleaned file at `tujuan` is the one to store."""

    halaman: int
    bertanda_tangan: bool
    ditulis_ulang: bool
    thumb: bytes


# PDFium keeps global state and must not be entered by two threads.
_PDFIUM = threading.Lock()
# Keys that run, carry or fetch something: scripts, additional actions, files, forms of XFA, media.
_ACTIVE_KEYS = (
    "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/RichMediaContent", "/RichMediaSettings",
    "/Collection", "/Renditions",
)  # fmt: skip
_ACTIVE_NOTES = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_ACTIVE_ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/ResetForm", "/GoToE", "/GoToR", "/RichMediaExecute",
    "/Rendition", "/Movie", "/Sound", "/Trans", "/Thread",
})  # fmt: skip
_DEEPEST_FIELD = 8
_DEEPEST = 60  # of arrays and dictionaries in one another


def process(path: Path, tujuan: Path, batas: Batas | None = None) -> PdfPaper:
    """Examine the PDF at `path`, writing a cleaned one to `tujuan` only if needed. Raises BerkasDitolak."""
    limits = batas or Batas()
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            pages, signed, rewritten = _examine(pdf, tujuan, limits)
    except pikepdf.PasswordError:
        raise _locked() from None
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, AttributeError, KeyError):
        # pikepdf raises the last four for objects of the wrong kind inside a damaged file.
        raise _broken() from None
    thumb = first_page(tujuan if rewritten else path, limits.sisi_kecil)
    return PdfPaper(halaman=pages, bertanda_tangan=signed, ditulis_ulang=rewritten, thumb=thumb)


def first_page(path: Path, side: int) -> bytes:
    """A JPEG of the first page, longer side `side` pixels. Raises BerkasDitolak."""
    try:
        with _PDFIUM, pypdfium2.PdfDocument(path) as pdf:
            return _picture(pdf[0], side)
    except pypdfium2.PdfiumError:
        raise _broken() from None


def pages(path: Path, folder: Path, batas: Batas | None = None) -> tuple[Path, ...]:
    """Every page as a JPEG in `folder`, for a viewer that need not open PDFs. Raises BerkasDitolak."""
    side, found = (batas or Batas()).sisi, list[Path]()
    try:
        with _PDFIUM, pypdfium2.PdfDocument(path) as pdf:
            for number in range(len(pdf)):
                found.append(folder / f"halaman-{number + 1}")
                found[-1].write_bytes(_picture(pdf[number], side))
    except pypdfium2.PdfiumError:
        raise _broken() from None
    return tuple(found)


def _picture(page: pypdfium2.PdfPage, side: int) -> bytes:
    scale = side / max(1.0, *page.get_size())
    return encode(page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"))


def _examine(pdf: pikepdf.Pdf, tujuan: Path, limits: Batas) -> tuple[int, bool, bool]:
    if pdf.is_encrypted:
        raise _locked()
    pages = len(pdf.pages)
    if pages == 0:
        raise _broken()
    if pages > limits.maks_halaman:
        raise BerkasDitolak(
            "pdf-terlalu-panjang",
            f"PDF ini {pages} halaman, paling banyak {limits.maks_halaman}. Kirim hanya halaman yang diminta.",
        )
    signed, active = is_signed(pdf), _clean(pdf)
    if signed and active:
        raise BerkasDitolak(
            "pdf-bertanda-tangan-berskrip",
            "PDF bertanda tangan ini berisi skrip atau lampiran, jadi tidak bisa disimpan. Bawa aslinya ke loket.",
        )
    if active:
        pdf.save(tujuan, deterministic_id=True)
    return pages, signed, active


def bagi(path: Path, folder: Path, bagian: Sequence[Sequence[int]]) -> tuple[Path, ...]:
    """A PDF in `folder` for each list of pages, counted from 1. Raises BerkasDitolak, also for a signed PDF (R11)."""
    found = list[Path]()
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            if is_signed(pdf):
                raise bertanda_tangan()
            for number, pages in enumerate(bagian, start=1):
                with pikepdf.new() as part:
                    part.pages.extend(pdf.pages[page - 1] for page in pages)
                    found.append(folder / f"bagian-{number}")
                    part.save(found[-1], deterministic_id=True)
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        raise _broken() from None
    return tuple(found)


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether any form field holds a signature value."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    return any(f.get("/FT") == "/Sig" and "/V" in f for f in _fields(form.get("/Fields"), _DEEPEST_FIELD))


def _fields(fields: object, depth: int) -> Iterator[pikepdf.Dictionary]:
    if not isinstance(fields, pikepdf.Array) or depth == 0:
        return
    for field in fields.as_list():
        if isinstance(field, pikepdf.Dictionary):
            yield field
            yield from _fields(field.get("/Kids"), depth - 1)


def _clean(pdf: pikepdf.Pdf) -> bool:
    """Take scripts, attachments and actions out of the open document, wherever they hang; whether there were any."""
    found = [_clean_one(thing) for thing in pdf.objects]
    return any([_clean_one(pdf.trailer), *found])


def _clean_one(thing: object, depth: int = _DEEPEST) -> bool:
    """One object with what lies directly in it; objects it refers to come by themselves."""
    if depth == 0:
        raise _broken()
    if isinstance(thing, pikepdf.Array):
        inside = [_clean_one(item, depth - 1) for item in thing.as_list() if not _elsewhere(item)]
        return any(inside)
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    found = [_drop(thing, key) for key in _ACTIVE_KEYS]
    found += [_drop(thing, key) for key in ("/A", "/OpenAction", "/PA", "/Next") if _acts(thing.get(key))]
    if thing.get("/Subtype") in _ACTIVE_NOTES:
        found.append(_drop(thing, "/FS"))
    inner = [value for key, value in thing.items() if not _elsewhere(value)]
    return any([*found, *(_clean_one(value, depth - 1) for value in inner)])


def _elsewhere(value: object) -> bool:
    return not isinstance(value, pikepdf.Object) or value.is_indirect


def _acts(action: object) -> bool:
    """An action that runs, sends or opens something; a plain link or a page to begin with does not."""
    return isinstance(action, pikepdf.Dictionary) and (
        str(action.get("/S")) in _ACTIVE_ACTIONS or "/Next" in action
    )


def _drop(holder: pikepdf.Object, key: str) -> bool:
    if key not in holder:
        return False
    del holder[key]
    return True


def _locked() -> BerkasDitolak:
    return BerkasDitolak(
        "pdf-terkunci",
        "PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi, atau kirim foto berkasnya.",
    )


def _broken() -> BerkasDitolak:
    return BerkasDitolak(
        "pdf-rusak", "PDF ini rusak, tidak bisa dibuka. Simpan ulang sebagai PDF, atau kirim fotonya."
    )
