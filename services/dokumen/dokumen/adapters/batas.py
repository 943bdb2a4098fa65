"""How often something may be tried here, as the application asks for it."""

from __future__ import annotations

from web.limits import Limits


class BatasDokumen:
    """`dokumen.application.pintu.Batas`, on real time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def habis(self, jenis: str, kunci: str, paling: int) -> None:
        self._limits.check(jenis, kunci, most=paling)

    def ambil(self, jenis: str, kunci: str, paling: int, detik: int) -> int:
        return self._limits.take(jenis, kunci, most=paling, seconds=detik)
