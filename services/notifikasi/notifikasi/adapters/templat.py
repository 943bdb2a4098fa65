"""Reads the message catalogue of a language."""

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
