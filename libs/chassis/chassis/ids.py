"""Time-ordered identifiers (UUIDv7, RFC 9562 section 5.7)."""

from __future__ import annotations

import os
import time


def new_id() -> str:
    """A fresh UUIDv7 as lower-case text: 48 bits of Unix milliseconds, 74 bits of randomness."""
    at, random = f"{time.time_ns() // 1_000_000:012x}", os.urandom(10).hex()
    variant = "89ab"[int(random[4], 16) & 3]
    return f"{at[:8]}-{at[8:]}-7{random[1:4]}-{variant}{random[5:8]}-{random[8:]}"
