"""Nothing is seeded here: reference data comes by events, the catalogue of letters with the code."""

from __future__ import annotations

from dokumen.settings import Settings


def reference(settings: Settings) -> None:
    """Offices and officials are told by pengajuan and persetujuan."""


def demo(settings: Settings) -> None:
    """Demo letters come out of demo applications."""
