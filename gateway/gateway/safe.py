"""Secrets that must be read again (TOTP) lie encrypted: a copy of the store alone gives no second factor away."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from web.tokens import write_once

_FILE, _NONCE = "brankas.key", 12


def ensure(folder: Path) -> None:
    """Make the key once, mode 0600."""
    if not (folder / _FILE).exists():
        write_once(folder / _FILE, AESGCM.generate_key(256))


class Safe:
    """AES-256-GCM; what is locked for one owner opens for no other."""

    def __init__(self, folder: Path) -> None:
        self._cipher = AESGCM((folder / _FILE).read_bytes())

    def lock(self, owner: str, text: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), owner.encode())).decode()

    def open(self, owner: str, locked: str) -> str:
        """Raises ValueError if it was locked for another owner, by another key, or changed."""
        raw = base64.b64decode(locked)
        try:
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], owner.encode()).decode()
        except InvalidTag as error:
            raise ValueError("locked for another owner, by another key, or changed") from error
