"""What a file is stands in its bytes, never in its name or in what the sender declares.

JPEG and PNG are decoded and written anew afterwards, so bytes hidden behind a picture never survive. A PDF
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
    PDF = "application/pdf"


_HEAD, _TAIL = 8192, 2048
_HEIF = frozenset({"image/heic", "image/heif", "image/avif"})
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
    if guessed in _HEIF:
        raise BerkasDitolak(
            "jenis-heic",
            "Foto HEIC belum bisa dibaca. Di iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel, lalu ulangi.",
        )
    if guessed not in set(Jenis):
        raise BerkasDitolak(
            "jenis-tidak-diterima", "Hanya foto (JPG, PNG) dan PDF yang diterima. Foto ulang berkasnya."
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
