"""What was left empty on a short form, in words that name it; everything else the API judges."""

from __future__ import annotations

from collections.abc import Mapping


def kosong(ditulis: Mapping[str, str], kata: Mapping[str, str]) -> dict[str, str]:
    """Field → what to do, of those that are asked for in `kata` and hold nothing."""
    return {nama: said for nama, said in kata.items() if not ditulis.get(nama, "").strip()}
