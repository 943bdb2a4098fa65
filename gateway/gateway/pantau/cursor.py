"""The cursor of the unified stream: {version, epoch, next offset per kelurahan}, opaque to clients."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from web.problems import Problem

VERSION = 1
_LONGEST = 16_384  # characters; 63 kelurahan take some 1,500


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the stream. A kelurahan that is not named begins at its first event."""

    epoch: str
    offsets: Mapping[str, int] = field(default_factory=dict)


def write(cursor: Cursor) -> str:
    body = {"v": VERSION, "epoch": cursor.epoch, "offsets": dict(cursor.offsets)}
    text = json.dumps(body, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str) -> Cursor:
    """Raises `kursor-salah` unless it is one of ours."""
    if len(text) > _LONGEST:
        raise Problem("kursor-salah")
    try:
        body = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(str(body["epoch"]), {str(k): v for k, v in body["offsets"].items()})
        sound = body["v"] == VERSION and all(type(v) is int and v >= 0 for v in cursor.offsets.values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Problem("kursor-salah") from error
    if not sound:
        raise Problem("kursor-salah")
    return cursor


def stale(earliest: Cursor) -> Problem:
    """410: what the cursor points to is not there any more (or never was); begin at `cursor`."""
    return Problem("kursor-usang", "Mulai lagi dari penanda pada cursor.", extra={"cursor": write(earliest)})
