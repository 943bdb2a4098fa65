"""The operator's key file: 32 random bytes as base64, readable by its owner alone."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

LENGTH = 32


class BadKey(Exception):
    """The key file cannot be used; the text says what to do."""


def make(file: Path) -> None:
    """A new key. Raises FileExistsError: a key that was overwritten opens nothing any more."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(base64.b64encode(os.urandom(LENGTH)) + b"\n")


def read(file: Path) -> bytes:
    """Raises `BadKey`."""
    try:
        mode = file.stat().st_mode
        key = base64.b64decode(file.read_bytes().strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise BadKey(f"{file}: not a readable key file ({type(error).__name__})") from error
    if mode & 0o077:
        raise BadKey(f"{file}: others may read it; run: chmod 600 {file}")
    if len(key) != LENGTH:
        raise BadKey(f"{file}: {len(key)} bytes instead of {LENGTH}")
    return key
