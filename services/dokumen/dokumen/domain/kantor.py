"""Offices as letters know them: which one gives a letter out, and how one says its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def penerbit(letter: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whose letter it is: the kecamatan's own (`surat_kecamatan`, R4) or, whoever else signs it, the kelurahan's."""
    office: Mapping[str, Any] = letter["kecamatan" if letter.get("produk") == "surat_kecamatan" else "kantor"]
    return office


def sebutan(kantor: Mapping[str, Any]) -> str:
    """`Kelurahan Depok`, `Kecamatan Sukmajaya`."""
    return f"{'Kecamatan' if kantor['tingkat'] == 'kecamatan' else 'Kelurahan'} {kantor['nama']}"
