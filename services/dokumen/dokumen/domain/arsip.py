"""What a letter is looked for by: the words of a name, however they are typed, and a number or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dokumen.domain.cocok import lipat

SHORTEST = 2  # letters of a word; initials find too many
_PART = re.compile(r"[\s.,/-]+")
_KLASIFIKASI = re.compile(r"[0-9]{3}(\.[0-9]{1,3}){0,4}")
_TAHUN = re.compile(r"20[0-9]{2}")
_URUT = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomor:
    """A number as somebody typed it; what was left out is None."""

    urut: int
    tahun: int | None = None
    klasifikasi: str | None = None


def kata(nama: Iterable[str]) -> tuple[str, ...]:
    """The words of these names, each once, the longest first: `SITI  Rahmawati, S.Pd.` → `rahmawati`, `siti`, `pd`."""
    words = {lipat(word) for each in nama for word in _PART.split(each)}
    return tuple(sorted((w for w in words if len(w) >= SHORTEST), key=lambda w: (-len(w), w)))


def nama(pribadi: Mapping[str, Any]) -> tuple[str, ...]:
    """Everybody whom a case is about, and who filed it."""
    people = [*pribadi.get("subjek", ()), pribadi.get("pemohon") or {}]
    return tuple(str(who["nama"]) for who in people if who.get("nama"))


def nomor(teks: str) -> Nomor | None:
    """`12`, `12/2026` or `400.12.2.1/0012/05.1004/XI/2026`; None for anything else."""
    parts = re.sub(r"\s", "", teks).split("/")
    year = int(parts.pop()) if len(parts) > 1 and _TAHUN.fullmatch(parts[-1]) else None
    coded = len(parts) > 1 and _KLASIFIKASI.fullmatch(parts[0]) and _URUT.fullmatch(parts[1])
    code = parts.pop(0) if coded else None
    if not _URUT.fullmatch(parts[0]):
        return None
    return Nomor(urut=int(parts[0]), tahun=year, klasifikasi=code)


def sesuai(dicari: Nomor, baris: Mapping[str, Any]) -> bool:
    """Whether a line of an agenda {urut, tahun, klasifikasi} is the number looked for."""
    if dicari.urut != baris["urut"] or dicari.tahun not in (None, baris["tahun"]):
        return False
    return dicari.klasifikasi in (None, baris.get("klasifikasi"))
