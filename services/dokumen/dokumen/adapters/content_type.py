"""What a file is stands in its bytes, never in its name or in what the sender declares.

JPEG, PNG and HEIC are decoded and written anew afterwards, so bytes hidden behind a picture never survive. A PDF
may be kept byte for byte, so it must begin and end as one: nothing before `%PDF-`, nothing after `%%EOF`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import filetype

from dokumen.domain.penolakan import BerkasDitolak


class Jenis(StrEnum):
    """The allow list, by media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    PDF = "application/pdf"


_HEAD, _TAIL = 8192, 2048
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis"})  # brands of ISO 23008-12, B.4.2: one HEVC picture
_BLANK = b" \t\r\n\x00"


def detect(path: Path) -> Jenis:
    """The type of a stored upload, reading its first 8 KiB and last 2 KiB. Raises BerkasDitolak."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    if not head:
        raise BerkasDitolak("berkas-kosong", "Berkas ini kosong. Pilih atau foto ulang berkasnya.")
    guessed: str | None = filetype.guess_mime(head)
    if head[4:8] == b"ftyp":
        guessed = (
            Jenis.HEIC if head[8:12] in _HEIC or (head[8:12] == b"mif1" and b"heic" in head[16:64]) else None
        )
    if guessed not in set(Jenis):
        raise BerkasDitolak(
            "jenis-tidak-diterima", "Hanya foto (JPG, PNG, HEIC) dan PDF yang diterima. Foto ulang berkasnya."
        )
    jenis = Jenis(guessed)
    if jenis is Jenis.PDF:
        _whole_pdf(head, tail)
    return jenis


def _whole_pdf(head: bytes, tail: bytes) -> None:
    _, end, rest = tail.rpartition(b"%%EOF")
    if not head.startswith(b"%PDF-") or not end or rest.strip(_BLANK):
        raise BerkasDitolak(
            "pdf-tercampur",
            "PDF ini terpotong atau bercampur isi lain. Simpan ulang sebagai PDF, atau kirim fotonya.",
        )
