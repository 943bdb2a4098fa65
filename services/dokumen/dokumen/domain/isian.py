"""From answers to the words of a letter: every field of the catalogue, checked, in the wording of the letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from dokumen.domain import kondisi
from dokumen.domain.katalog import Medan
from dokumen.domain.tanggal import berhari, bulan, panjang

_JAM = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)")


class MedanKurang(Exception):
    """An answer that the letter prints is missing; `id` and `label` name its field."""

    slug = "naskah-tidak-lengkap"

    def __init__(self, medan: Medan) -> None:
        self.id, self.label = medan.id, medan.label
        super().__init__(medan.id)


class MedanSalah(MedanKurang):
    """An answer of the wrong kind, or a code that the catalogue does not know."""


def kata(medan: Iterable[Medan], jawaban: Mapping[str, Any]) -> dict[str, Any]:
    """Field id → text, yes/no, list of lines, or None where nothing was to be answered.

    Raises `MedanKurang` for what is mandatory and blank, `MedanSalah` for what cannot be written.
    """
    return {m.id: _satu(m, jawaban) for m in medan}


def kurang(medan: Iterable[Medan], jawaban: Mapping[str, Any]) -> list[Medan]:
    """All fields that keep the letter from being written."""
    return [m for m in medan if not _bisa(m, jawaban)]


def _bisa(medan: Medan, jawaban: Mapping[str, Any]) -> bool:
    try:
        _satu(medan, jawaban)
    except MedanKurang:
        return False
    return True


def _satu(medan: Medan, jawaban: Mapping[str, Any]) -> Any:
    answer = jawaban.get(medan.id)
    if not kondisi.berlaku(medan.bila, jawaban):
        return None
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        if medan.wajib:
            raise MedanKurang(medan)
        return None
    other = jawaban.get(f"{medan.id}_lain")
    if answer == "lainnya" and medan.jenis == "pilihan" and isinstance(other, str) and other.strip():
        return _teks(other)
    try:
        return medan.kata[answer] if medan.jenis == "pilihan" else _TULIS[medan.jenis](answer)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise MedanSalah(medan) from wrong


def _teks(answer: str) -> str:
    return " ".join(answer.split())


def _angka(answer: object) -> str:
    if isinstance(answer, bool) or not isinstance(answer, int):
        raise TypeError(type(answer).__name__)
    return f"{answer:,}".replace(",", ".")


def _ya(answer: object) -> bool:
    if not isinstance(answer, bool):
        raise TypeError(type(answer).__name__)
    return answer


def _jam(answer: str) -> str:
    """`03:40` or `03.40` → `03.40`, as Indonesian letters write it."""
    found = _JAM.fullmatch(answer.strip())
    if found is None:
        raise ValueError(answer)
    return f"{found[1]}.{found[2]}"


def _baris(answer: str) -> list[str]:
    return [line for part in answer.splitlines() if (line := _teks(part))]


_TULIS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("nama", "teks", "paragraf", "nik", "kk"), _teks),
    "rt_rw": lambda answer: _teks(answer).zfill(3),
    "tanggal": lambda answer: panjang(date.fromisoformat(answer)),
    "hari_tanggal": lambda answer: berhari(date.fromisoformat(answer)),
    "bulan": bulan,
    "jam": _jam,
    "angka": _angka,
    "ya_tidak": _ya,
    "baris": _baris,
}
