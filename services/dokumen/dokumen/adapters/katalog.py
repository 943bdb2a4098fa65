"""The catalogue of letters from `katalog/*.yaml`; a mistake in a file stops the start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dokumen.domain.katalog import Layanan

FOLDER = Path(__file__).resolve().parent.parent / "katalog"
PRODUK = {
    "surat_kelurahan": ("lurah",),
    "legalisasi": ("lurah", "camat"),
    "surat_kecamatan": ("camat",),
    "an_camat": ("lurah",),
}
ASLI = {"ditunjukkan", "diserahkan", "cek_qr"}


class KatalogSalah(Exception):
    """A file of the catalogue does not hold what it must."""


def muat(folder: Path = FOLDER) -> Mapping[str, Layanan]:
    """Service code → its letter."""
    found = [_layanan(file) for file in sorted(folder.glob("*.yaml"))]
    return {layanan.kode: layanan for layanan in found}


def _layanan(file: Path) -> Layanan:
    raw: dict[str, Any] = yaml.safe_load(file.read_text())
    raw["versi"], raw["penandatangan"] = str(raw["versi"]), tuple(raw["penandatangan"])
    try:
        layanan = Layanan(**raw)
    except TypeError as error:
        raise KatalogSalah(f"{file.name}: {error}") from error
    if PRODUK.get(layanan.produk) != layanan.penandatangan or not set(layanan.asli.values()) <= ASLI:
        raise KatalogSalah(f"{file.name}: produk, penandatangan or asli")
    return layanan
