"""A contact: a phone number as E.164 or an e-mail address in lower case, and the hash it is found by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import phonenumbers

from web.problems import Problem
from web.pseudonyms import Pseudonyms

Jenis = Literal["telepon", "email"]
_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kontak:
    """`nilai` is in its one normal form."""

    jenis: Jenis
    nilai: str


def parse(jenis: Jenis, text: str, pointer: str = "/nilai") -> Kontak:
    """Read a contact as people write it. Raises `isi-salah` naming the field and the way out."""
    nilai = _phone(text) if jenis == "telepon" else _email(text)
    if nilai is None:
        words = {
            "telepon": ("telepon-salah", "Nomor telepon tidak terbaca. Contoh 0812 3456 7890."),
            "email": ("email-salah", "Alamat email tidak terbaca. Contoh nama@contoh.id."),
        }
        slug, detail = words[jenis]
        raise Problem("isi-salah", errors=[{"pointer": pointer, "slug": slug, "detail": detail}])
    return Kontak(jenis=jenis, nilai=nilai)


def of(stored: Mapping[str, Any] | None) -> Kontak | None:
    return None if stored is None else Kontak(jenis=stored["jenis"], nilai=stored["nilai"])


def hashed(contact: Kontak, pseudonyms: Pseudonyms) -> str:
    """What an account is found by, and tries are counted by."""
    return pseudonyms.of("kontak", f"{contact.jenis}:{contact.nilai}")


def _phone(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str | None:
    value = text.strip().lower()
    return value if len(value) <= 254 and _EMAIL.fullmatch(value) else None
