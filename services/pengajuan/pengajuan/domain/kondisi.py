"""Conditions (`bila`) are data over form fields, no expression language.

Shapes: `{medan, sama|tidak_sama|lebih_dari, nilai|batas_kantor}` written as
`{medan: status_tinggal, tidak_sama: milik_sendiri}` or `{medan: peserta, lebih_dari: {batas_kantor: peserta}}`,
joined by `{semua: [...]}` or `{salah_satu: [...]}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Nilai = str | int | bool | tuple[str | int | bool, ...]
Jawaban = Mapping[str, object]
Banding = Literal["sama", "tidak_sama", "lebih_dari"]
BANDING: tuple[Banding, ...] = ("sama", "tidak_sama", "lebih_dari")


@dataclass(frozen=True, slots=True, kw_only=True)
class Perbandingan:
    """One field against a value, or against a limit that each office sets (`batas_kantor`)."""

    medan: str
    banding: Banding
    nilai: Nilai | None = None
    batas_kantor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gabungan:
    """All (`semua`) or any (`salah_satu`) of the parts."""

    cara: Literal["semua", "salah_satu"]
    isi: tuple[Kondisi, ...]


Kondisi = Perbandingan | Gabungan


def terpenuhi(kondisi: Kondisi | None, jawaban: Jawaban, batas: Mapping[str, int]) -> bool:
    """Whether it holds; no condition always holds, an unanswered field equals nothing."""
    if kondisi is None:
        return True
    if isinstance(kondisi, Gabungan):
        parts = (terpenuhi(part, jawaban, batas) for part in kondisi.isi)
        return all(parts) if kondisi.cara == "semua" else any(parts)
    return _compare(kondisi, jawaban.get(kondisi.medan), batas)


def medan_dipakai(kondisi: Kondisi | None) -> frozenset[str]:
    """Ids of the fields it looks at."""
    if kondisi is None:
        return frozenset()
    if isinstance(kondisi, Gabungan):
        return frozenset().union(*(medan_dipakai(part) for part in kondisi.isi))
    return frozenset({kondisi.medan})


def baca(data: Mapping[str, object]) -> Kondisi:
    """From the shape of the module docstring; raises ValueError, TypeError or KeyError naming what is wrong."""
    for cara in ("semua", "salah_satu"):
        parts = data.get(cara)
        if isinstance(parts, list):
            return Gabungan(
                cara="semua" if cara == "semua" else "salah_satu", isi=tuple(baca(p) for p in parts)
            )
    medan, used = data.get("medan"), [b for b in BANDING if b in data]
    if not isinstance(medan, str) or len(used) != 1 or len(data) != 2:
        raise ValueError(
            f"condition must be {{medan, one of {'|'.join(BANDING)}}} or {{semua|salah_satu}}: {data!r}"
        )
    return _baca_nilai(medan, used[0], data[used[0]])


def _baca_nilai(medan: str, banding: Banding, nilai: object) -> Perbandingan:
    if isinstance(nilai, Mapping):
        return Perbandingan(medan=medan, banding=banding, batas_kantor=str(nilai["batas_kantor"]))
    if isinstance(nilai, list):
        return Perbandingan(medan=medan, banding=banding, nilai=tuple(nilai))
    if not isinstance(nilai, str | int | bool):
        raise TypeError(f"value of {medan} must be text, number, yes/no or a list: {nilai!r}")
    return Perbandingan(medan=medan, banding=banding, nilai=nilai)


def _compare(kondisi: Perbandingan, jawab: object, batas: Mapping[str, int]) -> bool:
    nilai = kondisi.nilai if kondisi.batas_kantor is None else batas.get(kondisi.batas_kantor)
    if kondisi.banding == "lebih_dari":
        return isinstance(jawab, int) and isinstance(nilai, int) and jawab > nilai
    equal = jawab in nilai if isinstance(nilai, tuple) else jawab == nilai
    return equal if kondisi.banding == "sama" else not equal
