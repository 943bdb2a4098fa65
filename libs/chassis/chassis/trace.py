"""W3C trace context (https://www.w3.org/TR/trace-context/): one trace from the request through every event."""

from __future__ import annotations

import os
import re
from contextvars import ContextVar

_HEADER = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def start(traceparent: str | None) -> str:
    """Continue the trace given, or begin one; returns the new `traceparent` and makes it current."""
    match = _HEADER.fullmatch(traceparent or "")
    random = os.urandom(24).hex()
    header = f"00-{match.group(1) if match else random[16:]}-{random[:16]}-01"
    _current.set(header)
    return header


def current() -> str:
    """The current `traceparent`; begins a trace if there is none."""
    return _current.get() or start(None)
