"""Conditions over answers, in the shape of pengajuan's forms: `{medan, sama|tidak_sama|lebih_dari|kurang_dari}`.

Joined by `{semua: […]}` or `{salah_satu: […]}`. An unanswered field equals nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BANDING = ("sama", "tidak_sama", "lebih_dari", "kurang_dari")


def berlaku(kondisi: Mapping[str, Any] | None, jawaban: Mapping[str, Any]) -> bool:
    """Whether it holds; no condition always holds. Raises `ValueError` for another shape."""
    if kondisi is None:
        return True
    if "semua" in kondisi:
        return all(berlaku(part, jawaban) for part in kondisi["semua"])
    if "salah_satu" in kondisi:
        return any(berlaku(part, jawaban) for part in kondisi["salah_satu"])
    used = [b for b in BANDING if b in kondisi]
    if "medan" not in kondisi or len(used) != 1 or len(kondisi) != 2:
        raise ValueError(f"condition: {dict(kondisi)!r}")
    return _banding(used[0], jawaban.get(kondisi["medan"]), kondisi[used[0]])


def _banding(cara: str, jawab: object, nilai: Any) -> bool:
    if cara in {"lebih_dari", "kurang_dari"}:
        if not isinstance(jawab, int):
            return False
        return bool(jawab > nilai if cara == "lebih_dari" else jawab < nilai)
    equal = jawab in nilai if isinstance(nilai, list) else jawab == nilai
    return equal if cara == "sama" else not equal
