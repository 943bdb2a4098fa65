"""Reads the message catalogue of a language, and its names of letters that a case yields beside its service's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chassis.contracts import read_yaml
from notifikasi.domain.naskah import Templat

FOLDER = Path(__file__).parent.parent / "pesan"


def baca(bahasa: str = "id") -> Mapping[str, Templat]:
    """Templates by step. A missing file or key is an error at start."""
    entries = read_yaml(FOLDER / f"{bahasa}.yaml")
    return {step: Templat(judul=entry["judul"], isi=entry["isi"]) for step, entry in entries.items()}


def nama_surat(bahasa: str = "id") -> Mapping[str, str]:
    """Code of a letter (N6) → its name."""
    names: dict[str, str] = read_yaml(FOLDER / f"surat-{bahasa}.yaml")
    return names


def contoh(bahasa: str = "id") -> Mapping[str, str]:
    """Name in a template → an invented value, for previews."""
    values: dict[str, str] = read_yaml(FOLDER / f"contoh-{bahasa}.yaml")
    return values
