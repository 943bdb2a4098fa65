"""One e-mail address as people write it; anything a mail header would read as more than one is none."""

from __future__ import annotations

import re

_ONE = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def parse(text: str) -> str | None:
    """The address in lower case, or None."""
    value = text.strip().lower()
    return value if len(value) <= 254 and _ONE.fullmatch(value) else None
