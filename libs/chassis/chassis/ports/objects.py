"""The object port: immutable byte strings under keys, streamed in constant memory.

Promises every engine keeps (one conformance suite, `tests/engines/`, runs on all of them):

- An object is visible only whole: a `put` that fails or is cut leaves nothing under its key.
- When `put` returns, the bytes are durable and `ObjectInfo.sha256` is their SHA-256 (lower-case hex).
- A `put` to an existing key replaces it atomically, unless it is locked: then `Refused`.
- `open` verifies the checksum while reading and raises `Corrupt` at the end of a damaged object.
- Memory use does not depend on the size of the object (≤ 1 MiB buffered).

Keys are `/`-separated segments of at most 200 of `[A-Za-z0-9._-]`, at most 512 characters in all;
no key continues another as a folder (`a` and `a/b`: MinIO would not list the second).
Raised: `NotFound`, `Corrupt`, `Refused`, `Unavailable`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

CHUNK = 256 * 1024  # bytes; what engines read and write at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectInfo:
    """What is known of a stored object; `size` in bytes, `modified` in UTC."""

    key: str
    size: int
    sha256: str
    modified: datetime


class Objects(Protocol):
    """See the module docstring for the promises."""

    def put(self, key: str, chunks: Iterable[bytes], *, locked: bool = False) -> ObjectInfo:
        """Store a stream; an exception from `chunks` aborts it and leaves nothing behind."""
        ...

    def open(self, key: str) -> Iterator[bytes]:
        """The bytes in chunks. Raises `NotFound` at once, `Corrupt` at the end."""
        ...

    def stat(self, key: str) -> ObjectInfo | None: ...

    def delete(self, key: str, *, even_locked: bool = False) -> bool:
        """Remove; False if there was nothing. Raises `Refused` if locked, unless a decision says `even_locked`."""
        ...

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Objects whose key begins with `prefix`, by key."""
        ...

    def ping(self) -> None: ...

    def close(self) -> None: ...
