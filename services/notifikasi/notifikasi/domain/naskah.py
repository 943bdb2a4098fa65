"""Words of a message: a template filled with facts; paragraphs whose filling is empty are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from notifikasi.domain.galat import TemplatSalah

_NAME = re.compile(r"\{([a-z_]+)\}")
_HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Templat:
    judul: str
    isi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Naskah:
    """A message as people read it."""

    judul: str
    isi: str


def susun(templat: Templat, isi: Mapping[str, str]) -> Naskah:
    """Raises TemplatSalah if a name is not among `isi`."""
    paragraphs = (_fill(part.strip(), isi) for part in templat.isi.split("\n\n"))
    return Naskah(judul=_fill(templat.judul, isi), isi="\n\n".join(p for p in paragraphs if p) + "\n")


def isian(templat: Templat) -> tuple[str, ...]:
    """The names that a template is filled with, in the order of the alphabet."""
    return tuple(sorted(set(_NAME.findall(templat.judul + templat.isi))))


def waktu_panjang(waktu: datetime) -> str:
    """`Senin, 19 Januari 2026 pukul 16.00`; the zone is the office's."""
    return f"{tanggal_panjang(waktu)} pukul {waktu:%H.%M}"


def tanggal_panjang(hari: date) -> str:
    """`Senin, 19 Januari 2026`."""
    return f"{_HARI[hari.weekday()]}, {hari.day} {_BULAN[hari.month - 1]} {hari.year}"


def _fill(text: str, isi: Mapping[str, str]) -> str:
    names = _NAME.findall(text)
    missing = sorted(set(names) - isi.keys())
    if missing:
        raise TemplatSalah(f"no value for {', '.join(missing)}")
    if text in {f"{{{name}}}" for name in names}:
        return isi[names[0]]
    return _NAME.sub(lambda match: isi[match.group(1)], text).strip()
