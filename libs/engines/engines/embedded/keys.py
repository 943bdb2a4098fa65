"""Object keys as paths of files, and back.

A final `=`, which no key has, keeps `a` and `a/b` apart; a segment over 200 characters is cut into folders ending
in `+`. On file systems that ignore case, keys must not differ in case alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from chassis.ports.errors import Refused

LONGEST = 512  # characters of a key
_PIECE = 200  # characters of a file's name; file systems allow 255
_SEGMENT = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]+")


def path(key: str) -> Path:
    """Where the object lies, relative to the store. Raises `Refused` for anything that is not a key."""
    *folders, name = _pieces(key)
    return Path(*folders, f"{name}=")


def folder(prefix: str) -> Path:
    """The deepest folder that holds every key beginning with `prefix`."""
    parent = prefix.rpartition("/")[0]
    return Path(*_pieces(parent)) if parent else Path()


def key(path: Path) -> str:
    """The inverse of `path`."""
    return path.as_posix().replace("+/", "").removesuffix("=")


def _pieces(key: str) -> list[str]:
    segments = key.split("/")
    if len(key) > LONGEST or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        raise Refused(f"not a key: {key!r}")
    pieces: list[str] = []
    for segment in segments:
        *cut, last = [segment[start : start + _PIECE] for start in range(0, len(segment), _PIECE)]
        pieces += [*(f"{piece}+" for piece in cut), last]
    return pieces
