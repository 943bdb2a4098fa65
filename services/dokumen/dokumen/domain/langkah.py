"""What a step of a case wants: the new state, facts to tell, promises to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Perkara = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fakta:
    """An event: name and data as in the contracts. `putaran` > 0 goes into its header."""

    nama: str
    data: Mapping[str, Any]
    putaran: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Janji:
    """Slow work, to be done as soon as somebody can, or after `tunda` seconds."""

    id: str
    jenis: str
    tunda: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Langkah:
    """`selesai` are ids of promises that are no longer wanted."""

    perkara: Perkara
    fakta: tuple[Fakta, ...] = ()
    janji: tuple[Janji, ...] = ()
    selesai: tuple[str, ...] = ()
