"""Verification codes of letters, derived from the installation's secret: a redo prints the same, nothing is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from pathlib import Path

from dokumen.application.pintu import Kode
from web.tokens import write_once

_FILE = "verifikasi.key"
# Neither 0/O nor 1/I: people type it from paper.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def ensure(folder: Path) -> None:
    """Make the secret once, mode 0600."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / _FILE).exists():
        write_once(folder / _FILE, secrets.token_bytes(32))


class RahasiaSurat:
    """`dokumen.application.pintu.Rahasia`: HMAC-SHA-256 over the letter's id."""

    def __init__(self, folder: Path) -> None:
        self._key = (folder / _FILE).read_bytes()

    def kode(self, surat: str) -> Kode:
        """A token of 144 bits and a short code of 60."""
        token = base64.urlsafe_b64encode(self._of("token", surat)[:18]).decode()
        digits = int.from_bytes(self._of("kode", surat)[:8], "big")
        short = "".join(SIGNS[digits >> 5 * place & 31] for place in range(12))
        return Kode(token=token, pendek=short)

    def angka(self, surat: str, perintah: str) -> str:
        """Six digits for one command."""
        return f"{int.from_bytes(self._of(f'angka:{perintah}', surat)[:8], 'big') % 10**6:06}"

    def cap(self, surat: str, jenis: str, nilai: str) -> str:
        """32 hex characters; equal values of different letters and kinds differ."""
        return self._of(f"cap:{jenis}:{nilai}", surat).hex()[:32]

    def _of(self, kind: str, surat: str) -> bytes:
        return hmac.new(self._key, f"{kind}:{surat}".encode(), hashlib.sha256).digest()


def berkelompok(kode: str) -> str:
    """As printed: `K7QM-24XD-9PQR`."""
    return "-".join(kode[n : n + 4] for n in range(0, len(kode), 4))
