"""Account numbers as slips print them: nine random digits and a check digit (Luhn, ISO/IEC 7812), `4821-7306-55`."""

from __future__ import annotations

from web.problems import Problem

_DIGITS = 9


def make(number: int) -> str:
    """Ten digits from any whole number."""
    body = f"{number % 10**_DIGITS:0{_DIGITS}d}"
    return body + _check(body)


def read(text: str, pointer: str = "/nomor") -> str:
    """The ten digits of what somebody typed. Raises `isi-salah`: a slip of the pen, nothing is looked up."""
    digits = "".join(c for c in text if c in "0123456789")
    if len(digits) != _DIGITS + 1 or _check(digits[:-1]) != digits[-1]:
        detail = "Nomor akun salah ketik. Salin lagi 10 angka dari slip."
        raise Problem(
            "isi-salah", errors=[{"pointer": pointer, "slug": "nomor-akun-salah", "detail": detail}]
        )
    return digits


def printed(number: str) -> str:
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def _check(body: str) -> str:
    """Every single wrong digit and nearly every swap of two neighbours changes it."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = int(sign) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
