"""What every engine accepts as a collection, a path into a body, a value to compare with, and a key."""

from __future__ import annotations

import re
from typing import Any

from chassis.ports.errors import Refused

LONGEST = 512  # characters of an object's key
_COLLECTION = re.compile(r"[a-z_][a-z0-9_.]*")
_PATH = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*")
_SEGMENT = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,200}")


def collection(name: str) -> str:
    if not _COLLECTION.fullmatch(name):
        raise Refused(f"not a collection name: {name!r}")
    return name


def path(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise Refused(f"not a path: {path!r}")
    return path


def scalar(value: Any) -> Any:
    if value is None or not isinstance(value, str | int | float | bool):
        raise Refused(f"not a scalar: {type(value).__name__}")
    return value


def key(key: str) -> str:
    if len(key) > LONGEST or not all(_SEGMENT.fullmatch(segment) for segment in key.split("/")):
        raise Refused(f"not a key: {key!r}")
    return key
