"""From where a request comes, as our own proxies tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def sender(environ: Mapping[str, Any], proxies: int) -> str:
    """As written: `proxies` of our own append to X-Forwarded-For; what stands further left came from the client."""
    told = [part.strip() for part in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    return told[-proxies] if 0 < proxies <= len(told) else str(environ.get("REMOTE_ADDR", ""))
