"""JSON of requests: what no store could keep, or no reader could read, is unreadable from the start.

RFC 8259 leaves depth, size of numbers and lone surrogates open; here they have limits (I-JSON, RFC 7493).
"""

from __future__ import annotations

import math
import re
from typing import Any

from flask.json.provider import DefaultJSONProvider

DEPTH = 32  # arrays and objects inside one another
_UNFIT = re.compile("[\0\ud800-\udfff]")
_WIDEST = 2**63  # the integers of a document store


class Strict(DefaultJSONProvider):
    """Raises ValueError, which is answered as `json-rusak`."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            value = super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        _keepable(value)
        return value


def _keepable(value: object) -> None:
    """Level by level, so that depth costs no stack."""
    level = [value]
    for _ in range(DEPTH):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below += [*item.keys(), *item.values()]
            elif isinstance(item, list):
                below += item
            elif not fits(item):
                raise ValueError("a text or number that cannot be kept")
        if not below:
            return
        level = below
    raise ValueError("nested too deep")


def fits(item: object) -> bool:
    """Whether every engine keeps this text or number as it is."""
    if isinstance(item, str):
        return _UNFIT.search(item) is None
    if isinstance(item, int):
        return -_WIDEST <= item < _WIDEST
    return not isinstance(item, float) or math.isfinite(item)
