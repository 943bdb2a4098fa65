"""What a reader of a letter may compare: the name, and the last four digits of the NIK, never more (R18).

`letter["cocok"]` holds keyed digests of both, made when the letter comes into force, so that the answer does not
depend on personal data that are erased later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal

Hal = Literal["nama", "nik"]
TRIES = 5  # per letter and hour, both kinds together
WINDOW = 3600  # seconds
_NOT_SIGN = re.compile(r"[^a-z0-9]")


def lipat(nama: str) -> str:
    """`Siti  RAHMAWATI,` and `Siti Rahmawati` → `sitirahmawati`: how it is typed does not matter."""
    plain = unicodedata.normalize("NFKD", nama).casefold()
    return _NOT_SIGN.sub("", plain)


def angka(nik: str) -> str:
    """The last four digits; empty if there are none."""
    return nik[-4:] if re.fullmatch(r"\d{16}", nik) else ""


def bandingan(pribadi: Mapping[str, Any]) -> dict[Hal, str]:
    """What the letter about the first subject is compared with; a newborn has no NIK (R7)."""
    person = pribadi["subjek"][0]
    found: dict[Hal, str] = {"nama": lipat(person["nama"]), "nik": angka(person.get("nik") or "")}
    return {hal: nilai for hal, nilai in found.items() if nilai}
