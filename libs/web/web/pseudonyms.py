"""Keyed hashes that let two services compare an identity number without either carrying it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from pathlib import Path

from web.tokens import write_once

_FILE = "pseudonim.key"
_NO_LETTER = re.compile(r"[^a-z]")


def ensure(folder: Path) -> None:
    """Make the secret once, mode 0600."""
    if not (folder / _FILE).exists():
        write_once(folder / _FILE, secrets.token_bytes(32))


class Pseudonyms:
    """HMAC-SHA-256 under the installation's secret."""

    def __init__(self, folder: Path) -> None:
        self._key = (folder / _FILE).read_bytes()

    def of(self, kind: str, value: str) -> str:
        """32 hex characters; `kind` keeps equal values of different kinds apart."""
        return hmac.new(self._key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]

    def person(self, nik_h: str, nama: str) -> str:
        """Who has this NIK (hashed by `of`) and bears this name: a digit mistyped by a clerk makes him nobody.

        How the name is typed does not matter, nor titles behind a comma.
        """
        plain = unicodedata.normalize("NFKD", nama.partition(",")[0]).casefold()
        return self.of("orang", f"{nik_h}:{_NO_LETTER.sub('', plain)}")
