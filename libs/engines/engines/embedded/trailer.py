r"""The last 74 bytes of an object's file: checksum and lock flag; reading verifies against them.

Form: `\nekel1 <SHA-256, 64 lower-case hex digits> <L if locked, else ->\n`
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Self

from chassis.ports.errors import Corrupt
from chassis.ports.objects import CHUNK

LENGTH = 74
_FORM = re.compile(rb"\nekel1 ([0-9a-f]{64}) ([L-])\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trailer:
    """`size` is that of the object alone, in bytes."""

    size: int
    sha256: str
    locked: bool

    def encode(self) -> bytes:
        return f"\nekel1 {self.sha256} {'L' if self.locked else '-'}\n".encode()


def trailer_of(file: BinaryIO, key: str) -> Trailer:
    """The trailer of an open file; leaves the position at the start. Raises `Corrupt`."""
    size = os.fstat(file.fileno()).st_size - LENGTH
    file.seek(max(0, size))
    found = _FORM.fullmatch(file.read(LENGTH))
    file.seek(0)
    if found is None:
        raise Corrupt(f"{key}: the trailer is damaged")
    return Trailer(size=size, sha256=found[1].decode(), locked=found[2] == b"L")


class Reading:
    """The chunks of one object; closes its file at the end, on `close`, or with the last reference."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._file = file
        self._key = key
        self._digest = sha256()
        self._trailer: Trailer | None = None
        self._left = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self._file.closed:
            raise StopIteration
        if self._trailer is None:
            self._trailer = trailer_of(self._file, self._key)
            self._left = self._trailer.size
        chunk = self._file.read(min(CHUNK, self._left))
        if not chunk:
            self.close()
            if self._left or self._digest.hexdigest() != self._trailer.sha256:
                raise Corrupt(f"{self._key}: the bytes differ from their checksum")
            raise StopIteration
        self._left -= len(chunk)
        self._digest.update(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        self.close()
