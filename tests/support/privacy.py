"""What may stand in a stream that is kept for ever: codes, ids, times, numbers and enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from support.promises import Schema, parts

_LIMITS: Final = ("enum", "format", "pattern", "const")
_KINDS: Final = ("object", "array", "string", "integer", "number", "boolean")
# Shaped like a NIK or No. KK, a name, a sentence, an address, a link with a token.
PERSONAL: Final = (
    "3276055203959001",
    "Contoh Rahmawati",
    "Foto kurang jelas.",
    "rahmawati@warga.example",
    "Jl. Contoh 1",
    "https://contoh.example/v/k3J9xQ",
)
FORBIDDEN: Final = frozenset(
    [
        "nik",
        "nama",
        "kk",
        "no_kk",
        "alamat",
        "alamat_tinggal",
        "teks",
        "catatan",
        "keterangan",
        "telepon",
        "hp",
        "email",
        "surel",
        "kontak",
        "nilai",
        "nip",
        "tempat_lahir",
        "tanggal_lahir",
        "pemohon",
        "subjek",
        "jawaban",
        "isi",
        "token",
        "nomor_resi",
        "resi",
    ]
)


def leaks(schema: Schema) -> Iterator[str]:
    """Every place where personal data or free text would fit, with the reason."""
    for at, name, part in parts(schema):
        if name in FORBIDDEN:
            yield f"{at}: no field may be called {name}"
        if part.get("type") not in _KINDS:
            yield f"{at}: has no single type"
        elif part["type"] == "object" and part.get("additionalProperties") is not False:
            yield f"{at}: takes fields that nobody listed"
        elif part["type"] == "array" and "items" not in part:
            yield f"{at}: takes anything"
        elif part["type"] == "string":
            yield from (f"{at}: {reason}" for reason in _text(part))


def _text(part: Schema) -> Iterator[str]:
    if not any(word in part for word in _LIMITS):
        yield "a string without enum, format or pattern"
    elif "pattern" in part and (found := [p for p in PERSONAL if re.search(part["pattern"], p)]):
        yield f"the pattern lets '{found[0]}' through"
