"""Seeds: notifikasi holds no reference or demo data of its own; what it knows comes as events."""

from __future__ import annotations

from notifikasi.settings import Settings


def reference(settings: Settings) -> None:
    """Nothing is missing: texts stand in `pesan/`."""


def demo(settings: Settings) -> None:
    """Nothing: demo people arrive as events of the gateway."""
