"""Server-Sent Events as bytes; every `id:` is the whole cursor after that event, so any of them resumes.

WHATWG HTML, section 9.2: a frame without `data` moves the client's last event id and dispatches nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.pantau import cursor
from gateway.pantau.cursor import Cursor

RETRY = b"retry: 2000\n\n"  # ms before a client that was cut off comes back


@dataclass(frozen=True, slots=True)
class Filter:
    """What a client looks at: beginnings of kelurahan codes, and event types (none: all)."""

    area: tuple[str, ...]
    types: frozenset[str]

    def covers(self, kode: str) -> bool:
        return kode.startswith(self.area)

    def wants(self, type: str) -> bool:
        return not self.types or type in self.types


@dataclass(frozen=True, slots=True)
class Item:
    """One record of the log, its event rendered once for everybody; no body: a repeat, it only moves the place."""

    kode: str
    offset: int
    type: str
    body: bytes


def body(event: Mapping[str, Any]) -> bytes:
    """A CloudEvent as the data of a frame; JSON has no line break of its own."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def event(epoch: str, place: Mapping[str, int], body: bytes) -> bytes:
    return b"%bdata: %b\n\n" % (_id(epoch, place), body)


def place(epoch: str, place: Mapping[str, int]) -> bytes:
    """A frame that only moves the cursor."""
    return _id(epoch, place) + b"\n"


def _id(epoch: str, place: Mapping[str, int]) -> bytes:
    return b"id: %b\n" % cursor.write(Cursor(epoch, place)).encode()
