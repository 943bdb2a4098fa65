r"""ClamAV's daemon over INSTREAM: the bytes go to it in pieces, it answers with what it found.

    zINSTREAM\0 <4 bytes big-endian: length> <piece> … <4 zero bytes>
    → "stream: OK" | "stream: NAME FOUND" | "… ERROR"

(clamd(8).) Addresses: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from dokumen.application.pintu import PemindaiPergi

SECONDS = 20.0  # of silence
_MOST_ANSWER = 4096
_SIZE = struct.Struct(">I")


class Clamd:
    """`dokumen.application.pintu.Pemindai`; one connection per paper."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self._url, self._seconds = urlsplit(url), seconds
        if self._url.scheme not in {"tcp", "unix"}:
            raise ValueError(f"EKEL_CLAMD must be tcp://host:port or unix:///path, not {url!r}")

    def __call__(self, isi: Iterable[bytes]) -> str:
        try:
            with self._line() as line:
                answer = self._scan(line, isi)
        except OSError as error:
            raise PemindaiPergi(f"{self._url.geturl()}: {error}") from error
        return _verdict(answer)

    def _line(self) -> socket.socket:
        if self._url.scheme == "tcp":
            return socket.create_connection((self._url.hostname, self._url.port or 3310), self._seconds)
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(self._seconds)
            line.connect(self._url.path)
        except OSError:
            line.close()
            raise
        return line

    def _scan(self, line: socket.socket, isi: Iterable[bytes]) -> str:
        """The daemon may answer and hang up before the end, for instance when its own limit is passed."""
        try:
            line.sendall(b"zINSTREAM\0")
            for piece in isi:
                line.sendall(_SIZE.pack(len(piece)) + piece)
            line.sendall(_SIZE.pack(0))
        except (BrokenPipeError, ConnectionResetError):
            return _answer(line)
        return _answer(line)


def _answer(line: socket.socket) -> str:
    found = b""
    while len(found) < _MOST_ANSWER and not found.endswith(b"\0") and (more := line.recv(1024)):
        found += more
    return found.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> str:
    """The name of what was found, empty if nothing. Raises `PemindaiPergi` for anything but a verdict."""
    text = answer.removeprefix("stream: ")
    if text == "OK":
        return ""
    if text.endswith(" FOUND"):
        return text.removesuffix(" FOUND")
    raise PemindaiPergi(f"clamd answered {answer[:200]!r}")
