"""What a channel is asked to carry; the adapters know how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Surat:
    """A message that leaves the application; `id` is fixed, so that a repeat can be recognised."""

    id: str
    tujuan: str
    judul: str
    isi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Baris:
    """A message inside the application, in inbox `kepada`."""

    scope: str
    id: str
    kepada: str
    langkah: str
    permohonan: str
    judul: str
    isi: str
    waktu: str


class Saluran(Protocol):
    """A way out. `nama` is the contract's name of the channel; `kenal_id`: a repeated id reaches nobody twice."""

    @property
    def nama(self) -> str: ...

    @property
    def kenal_id(self) -> bool: ...

    def kirim(self, surat: Surat) -> None:
        """Taken when it returns. AlamatDitolak: never; TakPasti: given, and no answer; anything else: not taken."""
        ...


class Dalam(Protocol):
    def taruh(self, baris: Baris) -> None:
        """Durable when it returns; the same id is there once."""
        ...
