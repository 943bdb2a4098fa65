"""Indonesian phone numbers as people write them, kept as E.164; fixed lines are told apart (no WhatsApp)."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

from pengajuan.domain.errors import TeleponSalah

_MOBILE = frozenset({phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telepon:
    """`e164` like `+628125550101`; `seluler` is false for a fixed line."""

    e164: str
    seluler: bool


def parse(text: str) -> Telepon:
    """Read `0812-5550-0101`, `+62 812 …` or `(021) 7720 1234`. Raises TeleponSalah."""
    if not text.strip():
        raise TeleponSalah("telepon-kosong", "Nomor telepon belum diisi. Contoh 0812 3456 7890.")
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        raise TeleponSalah(
            "telepon-bentuk", "Nomor telepon tidak terbaca. Tulis angka saja, contoh 0812 3456 7890."
        ) from None
    if not phonenumbers.is_valid_number(number):
        raise TeleponSalah(
            "telepon-tidak-ada",
            "Nomor telepon ini tidak ada. Periksa jumlah angkanya. Telepon rumah memakai kode daerah, contoh 021.",
        )
    return Telepon(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        seluler=phonenumbers.number_type(number) in _MOBILE,
    )
