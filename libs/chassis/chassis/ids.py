"""Time-ordered identifiers (UUIDv7, RFC 9562 section 5.7)."""

from __future__ import annotations

import os
import time


def new_id() -> str:
    """A fresh UUIDv7 as lower-case text: 48 bits of Unix milliseconds, 74 bits of randomness."""
    return new_ids(1)[0]


def new_ids(count: int) -> tuple[str, ...]:
    """Several of one moment: randomness is asked for once, as each asking lets other threads in."""
    at, random = f"{time.time_ns() // 1_000_000:012x}", os.urandom(10 * count).hex()
    each = (random[n : n + 20] for n in range(0, len(random), 20))
    return tuple(f"{at[:8]}-{at[8:]}-7{r[1:4]}-{'89ab'[int(r[4], 16) & 3]}{r[5:8]}-{r[8:]}" for r in each)
