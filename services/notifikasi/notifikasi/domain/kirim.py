"""What an event asks to be sent: which message, to which inbox, filled with what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from notifikasi.domain.kabar import Kabar

PEMOHON = "pemohon"
PENGURUS = "pengurus"
"""Head of the RT or RW who is asked by link: no account, no inbox."""
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kirim:
    """A message that an event asks for. `jeda`: its words travel apart and may come a moment later."""

    langkah: str
    kunci: str
    kepada: str = PEMOHON
    isi: Mapping[str, str] = field(default_factory=dict)
    jeda: bool = False


Aturan = Callable[[Kabar, Data], tuple[Kirim, ...]]
