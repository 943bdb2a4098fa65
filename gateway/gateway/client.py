"""From where a request comes, as far as it can be believed: the line's other end, what our own proxies wrote, or
what a front end says about its visitor and proves with a key (decision 0024).
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from web.sender import sender
from web.tokens import write_once

HEADER = "HTTP_X_PENGUNJUNG"
FILE = "pengunjung.key"
_log = structlog.get_logger("web")
_Seen = tuple[int, int, int]


def ensure(folder: Path) -> None:
    """Make the first front end's key once, mode 0600: a line of 256 random bits."""
    if not (folder / FILE).exists():
        write_once(folder / FILE, f"{secrets.token_urlsafe(32)}\n".encode())


def proof(key: str, address: str) -> str:
    """What a front end writes behind its visitor's address: HMAC-SHA-256 in hex."""
    return hmac.new(key.encode(), f"pengunjung:{address}".encode(), hashlib.sha256).hexdigest()


class Clients:
    """Who asks, as counters of tries, rates and shares know him. `file` holds one key a line, each of a front end;
    a line that comes or goes counts at once. Raises FileNotFoundError if it is not there.
    """

    def __init__(self, proxies: int, file: Path) -> None:
        self._proxies, self._file = proxies, file
        self._known: tuple[_Seen, tuple[str, ...]] = (self._time(), self._lines())

    def __call__(self, environ: Mapping[str, Any]) -> str:
        """The client's address; IPv6 as its /64, which is one household."""
        said = str(environ.get(HEADER, ""))
        if not said:
            return address(environ, self._proxies)
        visitor, _, given = said.partition(" ")
        if visitor.isascii() and given.isascii() and self._proven(visitor, given):
            return _network(visitor)
        _log.warning("visitor_not_believed", front_end=address(environ, self._proxies))
        return address(environ, self._proxies)

    def _proven(self, visitor: str, given: str) -> bool:
        if (now := self._time()) != self._known[0]:
            self._known = (now, self._lines())
        return any(hmac.compare_digest(proof(key, visitor), given) for key in self._known[1])

    def _lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self._file.read_text().splitlines() if line.strip())

    def _time(self) -> _Seen:
        told = self._file.stat()
        return told.st_ino, told.st_mtime_ns, told.st_size


def address(environ: Mapping[str, Any], proxies: int) -> str:
    """Of the line, `proxies` of our own standing in front of it."""
    return _network(sender(environ, proxies))


def _network(text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return "-"
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
