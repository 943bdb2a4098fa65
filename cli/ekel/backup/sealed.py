r"""A stream encrypted in chunks, each authenticated with its number and whether it is the last (STREAM, as in age).

    ekel-backup-1\n | key id, 8 bytes | salt, 16 bytes | chunk … chunk

A chunk is 1 MiB of content under AES-256-GCM, 16 bytes longer; the last one may be shorter. Its nonce is the number,
11 bytes, and one byte that is 1 for the last: no chunk can be changed, moved, left out or cut off unseen. The key of
a file is drawn from the operator's key and the salt (HKDF-SHA256).
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"ekel-backup-1\n"
CHUNK, TAG = 1 << 20, 16
_ID, _SALT = 8, 16


class Damaged(Exception):
    """The file was changed, cut off or is no backup."""


class ForeignKey(Exception):
    """The file was made with another key; the text names it by its id."""


def key_id(key: bytes) -> bytes:
    """Names a key without telling it."""
    return sha256(b"ekel backup key id\0" + key).digest()[:_ID]


class Sealing:
    """Write side: `write`, then `finish`. What was never finished does not open."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT)
        self._head = MAGIC + key_id(key) + salt
        self._file, self._cipher = file, _cipher(key, salt)
        self._waiting = bytearray()
        self._number = 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), content, self._head))
        self._number += 1


class Opening:
    """Read side: `read(n)`; raises `Damaged` or `ForeignKey`, never gives bytes that were not authenticated."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._head = file.read(len(MAGIC) + _ID + _SALT)
        if len(self._head) < len(MAGIC) + _ID + _SALT or not self._head.startswith(MAGIC):
            raise Damaged("this is no backup of e-Kelurahan, or its beginning is damaged")
        made_with = self._head[len(MAGIC) :][:_ID]
        if made_with != key_id(key):
            raise ForeignKey(f"made with key {made_with.hex()}, not with {key_id(key).hex()}")
        self._file, self._cipher = file, _cipher(key, self._head[-_SALT:])
        self._next = file.read(CHUNK + TAG)
        self._plain = b""
        self._number = 0
        self._over = False

    def read(self, size: int) -> bytes:
        parts, wanted = [], size
        while wanted and (self._plain or self._open()):
            part, self._plain = self._plain[:wanted], self._plain[wanted:]
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _open(self) -> bool:
        """Another chunk; False after the last."""
        if self._over:
            return False
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        self._over = not self._next
        try:
            self._plain = self._cipher.decrypt(_nonce(self._number, self._over), sealed, self._head)
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"damaged or cut off near byte {self._number * (CHUNK + TAG)}") from error
        self._number += 1
        return bool(self._plain)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=MAGIC).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
