"""PDFs are opened, counted and pictured; scripts and attachments go, unless a signature forbids any change.

A PDF that carries a digital signature is stored byte for byte or refused, never rewritten (R11).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from dokumen.adapters.images import encode
from dokumen.domain.penolakan import BerkasDitolak


@dataclass(frozen=True, slots=True, kw_only=True)
class Batas:
    """Most pages, and the longer side of the thumbnail in pixels."""

    maks_halaman: int = 30
    sisi_kecil: int = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPaper:
    """What was found; `ditulis_ulang` says that the cleaned file at `tujuan` is the one to store."""

    halaman: int
    bertanda_tangan: bool
    ditulis_ulang: bool
    thumb: bytes


# PDFium keeps global state and must not be entered by two threads.
_PDFIUM = threading.Lock()
_ACTIVE_ROOT = ("/OpenAction", "/AA")
_ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")
_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute"}
)
_DEEPEST_FIELD = 8


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
            page = pdf[0]
            scale = side / max(1.0, *page.get_size())
            picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise _broken() from None
    return encode(picture)


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
    """Take scripts, attachments and actions out of the open document; whether there were any."""
    root = pdf.Root
    found = [_drop(root, key) for key in _ACTIVE_ROOT if key != "/OpenAction" or _acts(root.get(key))]
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        found += [_drop(names, key) for key in _ACTIVE_NAMES]
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        found.append(_drop(form, "/XFA"))
    for page in pdf.pages:
        found.append(_drop(page.obj, "/AA"))
        found += [_clean_note(note) for note in _notes(page)]
    return any(found)


def _notes(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return []
    return [note for note in notes.as_list() if isinstance(note, pikepdf.Dictionary)]


def _clean_note(note: pikepdf.Dictionary) -> bool:
    acted = _acts(note.get("/A")) and _drop(note, "/A")
    return any([acted, _drop(note, "/AA"), note.get("/Subtype") == "/FileAttachment" and _drop(note, "/FS")])


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
