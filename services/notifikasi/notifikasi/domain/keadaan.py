"""What one application's people are told, as a JSON document and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from notifikasi.domain.kabar import Janji, Kabar


def to_state(kabar: Kabar) -> dict[str, Any]:
    """JSON values only."""
    state = {field.name: getattr(kabar, field.name) for field in fields(Kabar)}
    promises = {key: _plain(janji) for key, janji in kabar.janji.items()}
    kontak = None if kabar.kontak is None else dict(kabar.kontak)
    return state | {
        "kontak": kontak,
        "pengurus": None if kabar.pengurus is None else dict(kabar.pengurus),
        "tenggat": dict(kabar.tenggat),
        "catatan": {source: dict(notes) for source, notes in kabar.catatan.items()},
        "janji": promises,
    }


def from_state(state: Mapping[str, Any]) -> Kabar:
    promises = {key: Janji(**value) for key, value in state["janji"].items()}
    return Kabar(**{**state, "janji": promises})


def _plain(janji: Janji) -> dict[str, Any]:
    return {**asdict(janji), "isi": dict(janji.isi), "saluran": dict(janji.saluran)}
