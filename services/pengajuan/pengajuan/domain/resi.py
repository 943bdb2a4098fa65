"""Receipts `<office>-XXXX-XXXX-c`: readable aloud, every single slip and every swap of two signs is noticed.

The office part is the last six digits of the compact code, kecamatan and kelurahan (`3276011006` →
`011006`), unique within a city. The alphabet has 32 signs, without 0, O, 1, I. The check sign makes the
sum of sign × x^position zero in GF(32): as 15 positions are fewer than 31, no single substitution and no
transposition can leave the sum unchanged.
"""

from __future__ import annotations

from pengajuan.domain.errors import ResiSalah

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_OFFICE, _BODY = 6, 8
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive: x has order 31


def office_short(kode: str) -> str:
    """`3276011006` → `011006`; a kecamatan office `327601` → `010000`."""
    return kode[4:].ljust(_OFFICE, "0")


def make(office: str, entropy: bytes) -> str:
    """A receipt for the six-digit office part; `entropy` is at least 5 random bytes (40 bits)."""
    if len(office) != _OFFICE or not office.isdigit():
        raise ValueError(f"office part must be {_OFFICE} digits, got {office!r}")
    if len(entropy) < 5:
        raise ValueError("a receipt needs at least 5 bytes of entropy")
    number = int.from_bytes(entropy[:5], "big")
    body = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return _show(office, body, _check_sign(office, body))


def check(text: str) -> str:
    """The receipt as printed, from what somebody typed (lower case, spaces, no dashes). Raises ResiSalah."""
    signs = "".join(c for c in text.upper() if c not in " -–—._\t\n")
    if len(signs) != _OFFICE + _BODY + 1:
        raise ResiSalah(
            "resi-panjang", "Nomor resi harus 15 tanda, contoh 011006-7KQM-2XPA-D. Salin lagi dari bukti."
        )
    office, body, sign = signs[:_OFFICE], signs[_OFFICE:-1], signs[-1]
    if not (office.isascii() and office.isdigit()) or any(c not in ALPHABET for c in body + sign):
        raise ResiSalah(
            "resi-tanda",
            "Nomor resi tidak terbaca. Enam tanda pertama angka; sesudahnya tidak pernah ada 0, O, 1 dan I.",
        )
    if _check_sign(office, body) != sign:
        raise ResiSalah(
            "resi-salah-ketik", "Ada tanda yang salah ketik atau tertukar. Cocokkan lagi dengan bukti Anda."
        )
    return _show(office, body, sign)


def _show(office: str, body: str, sign: str) -> str:
    return f"{office}-{body[:4]}-{body[4:]}-{sign}"


def _check_sign(office: str, body: str) -> str:
    total = 0
    for value in [*(int(c) for c in office), *(ALPHABET.index(c) for c in body)]:
        total = _times_x(total ^ value)
    return ALPHABET[total]


def _times_x(value: int) -> int:
    shifted = value << 1
    return shifted ^ _FIELD if shifted & 32 else shifted
