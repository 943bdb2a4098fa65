"""Uploads at the door: their share of the threads per kelurahan, and how long one body may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gateway.settings import Settings
from gateway.upstream import ClientGone
from web.patience import patience
from web.problems import Problem
from web.shares import Shares
from web.tokens import TokenRefused, Verifier


class Uploads:
    """Thread-safe. The kelurahan is read from pengajuan's signed grant, so nobody uses up another one's share."""

    def __init__(self, verifier: Verifier, settings: Settings) -> None:
        self._verifier = verifier
        self._shares = Shares(settings.unggahan_per_kelurahan, settings.unggahan_sekaligus)
        self._piece, self._whole = settings.detik_potongan, settings.detik_unggah

    @contextmanager
    def turn(self, environ: Mapping[str, Any]) -> Iterator[None]:
        """While a file is passed on. Raises `sedang-sibuk`, `unggahan-lambat`, or what the body raises."""
        piece = environ["REQUEST_METHOD"] == "PATCH"
        seconds = self._piece if piece else self._whole
        with self._shares.hold(self._owner(environ)), patience(environ, seconds) as waited:
            try:
                yield
            except ClientGone as gone:
                if waited.over:
                    raise _slow(piece, seconds) from gone
                raise

    def _owner(self, environ: Mapping[str, Any]) -> str:
        """The office of the grant; uploads without a good one share what one kelurahan has, and are refused soon."""
        token = environ.get("HTTP_X_IZIN_UNGGAH", "")
        try:
            return str(self._verifier.verify(token, issuer="pengajuan", audience="dokumen")["kantor"])
        except (TokenRefused, KeyError):
            return ""


def _slow(piece: bool, seconds: float) -> Problem:
    way = "Yang sudah sampai disimpan; lanjutkan dari sana." if piece else "Coba lagi di tempat lain."
    return Problem("unggahan-lambat", f"Kiriman ini lebih lama dari {seconds:g} detik. {way}")
