"""Where uploads in pieces are remembered until they are papers."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from dokumen.domain.kiriman import Kiriman


class RakKiriman(Protocol):
    """Uploads in pieces. A stored one comes with its revision; `ganti` fails when somebody else wrote meanwhile."""

    def mulai(self, kiriman: Kiriman) -> Kiriman:
        """Store it; an earlier try of the same command wins. Raises `KeyReused` if that wanted something else."""
        ...

    def cari(self, id: str) -> tuple[Kiriman, int] | None: ...

    def ganti(self, kiriman: Kiriman, rev: int) -> bool: ...

    def hapus(self, kiriman: Kiriman) -> None: ...

    def terbuka(self, kantor: str, permohonan: str) -> int:
        """How many of this application are not whole."""
        ...

    def lama(self, real: datetime) -> list[Kiriman]:
        """Those whose time is over."""
        ...
