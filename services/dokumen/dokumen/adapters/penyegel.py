"""Seals of offices on sheets that somebody else signs too, and on scans of sheets signed in ink (R2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

from dokumen.adapters.authority import Authority
from dokumen.adapters.pades import sign
from dokumen.domain.kantor import sebutan

A4_INCHES = 210 / 25.4
PINDAIAN = "Pindaian"


class PenyegelKantor:
    """`dokumen.application.pintu.Penyegel`."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    def bubuhkan(self, pdf: bytes, kantor: Mapping[str, Any], bidang: str, saat: datetime) -> bytes:
        name = sebutan(kantor)
        return sign(
            pdf,
            self._authority.office(kantor["kode"], name),
            field=bidang,
            reason=f"Segel {name}",
            location=str(kantor["kota"]).removeprefix("Kota ").removeprefix("Kabupaten "),
            when=saat,
        )

    def pindaian(self, isi: bytes, jenis: str, kantor: Mapping[str, Any], saat: datetime) -> bytes:
        return self.bubuhkan(_plain(isi if jenis == "pdf" else _sheet(isi)), kantor, PINDAIAN, saat)


def _sheet(picture: bytes) -> bytes:
    """A photographed or scanned sheet as a page as wide as A4."""
    out = BytesIO()
    with Image.open(BytesIO(picture)) as image:
        image.save(out, "PDF", resolution=image.width / A4_INCHES)
    return out.getvalue()


def _plain(pdf: bytes) -> bytes:
    """Written anew: what scanners and Pillow write does not always keep to the format, and signing is strict."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, deterministic_id=True)
    return out.getvalue()
