"""Reads the message catalogue of a language, and its names of letters that a case yields beside its service's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from notifikasi.domain.naskah import Templat

FOLDER = Path(__file__).parent.parent / "pesan"


def baca(bahasa: str = "id") -> Mapping[str, Templat]:
    """Templates by step. A missing file or key is an error at start."""
    entries = yaml.safe_load((FOLDER / f"{bahasa}.yaml").read_text())
    return {step: Templat(judul=entry["judul"], isi=entry["isi"]) for step, entry in entries.items()}


def nama_surat(bahasa: str = "id") -> Mapping[str, str]:
    """Code of a letter (N6) → its name."""
    names: dict[str, str] = yaml.safe_load((FOLDER / f"surat-{bahasa}.yaml").read_text())
    return names


def contoh(bahasa: str = "id") -> Mapping[str, str]:
    """Name in a template → an invented value, for previews."""
    values: dict[str, str] = yaml.safe_load((FOLDER / f"contoh-{bahasa}.yaml").read_text())
    return values
