"""Receipts, codes and links to RT and RW are guessed without an account: who misses too often has to wait."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from web.limits import Limits

# First segment → misses of one address within the time. A receipt's secret has 50 bits: nobody comes near.
MISSES = {"lacak": 100, "verifikasi": 100, "pengantar": 100}
SECONDS = 900
Environ = Mapping[str, Any]
_MISSED = (404, 422)


class Watch:
    """Counts misses only: who knows what he asks for is never counted, however many share his address."""

    def __init__(self, limits: Limits, address: Callable[[Environ], str]) -> None:
        self._limits, self._address = limits, address

    def before(self, environ: Environ) -> None:
        """Raises `terlalu-sering`."""
        kind = _kind(environ)
        if kind:
            self._limits.check(kind, self._key(environ), most=MISSES[kind])

    def after(self, environ: Environ, status: int) -> None:
        kind = _kind(environ)
        if kind and status in _MISSED:
            self._limits.add(kind, self._key(environ), seconds=SECONDS)

    def _key(self, environ: Environ) -> str:
        return hashlib.sha256(self._address(environ).encode()).hexdigest()[:32]


def _kind(environ: Environ) -> str:
    parts = str(environ["PATH_INFO"]).split("/")
    return parts[2] if len(parts) > 2 and parts[2] in MISSES else ""
