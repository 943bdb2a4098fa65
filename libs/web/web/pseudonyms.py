"""Keyed hashes that let two services compare an identity number without either carrying it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from web.tokens import write_once

_FILE = "pseudonim.key"


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
