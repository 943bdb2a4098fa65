"""Object keys as paths of files, and back.

A final `=`, which no key has, keeps `a` and `a/b` apart. On file systems that ignore case, keys must not differ in
case alone.
"""

from __future__ import annotations

from pathlib import Path

from engines import names


def path(key: str) -> Path:
    """Where the object lies, relative to the store. Raises `Refused` for anything that is not a key."""
    return Path(f"{names.key(key)}=")


def folder(prefix: str) -> Path:
    """The deepest folder that holds every key beginning with `prefix`."""
    parent = prefix.rpartition("/")[0]
    return Path(names.key(parent)) if parent else Path()


def key(path: Path) -> str:
    """The inverse of `path`."""
    return path.as_posix().removesuffix("=")
