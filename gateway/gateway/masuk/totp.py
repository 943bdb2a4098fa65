"""Time-based one-time passwords (RFC 6238): SHA-1, six digits, 30 seconds, one step to either side, each used once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote

STEP, DIGITS, ASIDE = 30, 6, 1
ISSUER = "e-Kelurahan"


def new() -> str:
    """A secret of 160 random bits in base 32, as authenticator apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int) -> str:
    """The six digits of one step (RFC 4226 section 5.3)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(secret: str, given: str, now: float) -> int | None:
    """The step whose code was given, if it is not too far from now (seconds since 1970)."""
    middle, found = int(now) // STEP, None
    for step in range(middle - ASIDE, middle + ASIDE + 1):
        if hmac.compare_digest(code(secret, step), given):
            found = step
    return found


def uri(secret: str, account: str) -> str:
    """What the QR code for an authenticator app holds."""
    return f"otpauth://totp/{quote(ISSUER)}:{quote(account)}?secret={secret}&issuer={quote(ISSUER)}"
