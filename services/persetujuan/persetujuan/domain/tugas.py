"""A task: one step of one round, waiting for a role of an office, then decided once."""

from __future__ import annotations

from dataclasses import dataclass

from persetujuan.domain.alur import Keputusan

_ROOM = 16**4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tugas:
    """Times are RFC 3339 UTC; `keputusan` is None while it waits."""

    id: str
    langkah: str
    peran: str
    kantor: str
    seksi: str | None
    putaran: int
    dibuat: str
    jatuh_tempo: str
    keputusan: Keputusan | None = None
    oleh: str | None = None
    waktu: str | None = None
    gugur: bool = False

    @property
    def terbuka(self) -> bool:
        """Waits for a decision; `gugur` is a task that the end of its case took away."""
        return self.keputusan is None and not self.gugur


def nomor(kasus: str, urut: int) -> str:
    """The id of a case's `urut`-th task: the case's UUIDv7 with its last 16 bits moved on.

    So a task, open or long decided, leads to its case by a range of ids and needs no second index.
    """
    last = (int(kasus[-4:], 16) + urut) % _ROOM
    return f"{kasus[:-4]}{last:04x}"


def rentang(tugas: str) -> tuple[str, str]:
    """First and last id of the cases that may hold this task."""
    return f"{tugas[:-4]}0000", f"{tugas[:-4]}ffff"
