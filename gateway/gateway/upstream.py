"""One service behind the door: a connection pool, bodies streamed both ways, failures told in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

import structlog
from gunicorn.http.errors import ParseException
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, Timeout
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from web.problems import Problem

BLOCK = 256 * 1024  # bytes moved at a time; the default of 16 KiB costs four times the processor
_REPEATABLE = {"GET", "HEAD"}
_log = structlog.get_logger(__name__)


class ClientGone(Exception):
    """The client stopped sending before its body was whole. Not an OSError: urllib3 would swallow one."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Upstream:
    """Thread-safe; connections are made when needed and kept."""

    def __init__(self, name: str, url: str, *, threads: int, connect: float, read: float) -> None:
        self.name = name
        parts = urlsplit(url)
        self._pool = HTTPConnectionPool(
            parts.hostname or "",
            parts.port,
            maxsize=threads,
            blocksize=BLOCK,
            timeout=Timeout(connect=connect, read=read),
            retries=False,
        )

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: Iterator[bytes] | bytes | None
    ) -> BaseHTTPResponse:
        """The service's answer, its body unread. Raises `Problem` when there is none, `ClientGone`."""
        try:
            return self._send(method, target, headers, body)
        except ReadTimeoutError as error:
            self._away(error)
            raise Problem("layanan-terlalu-lama", headers={"Retry-After": "5"}) from error
        except (HTTPError, OSError) as error:
            self._away(error)
            raise Problem("layanan-tidak-tersedia", headers={"Retry-After": "2"}) from error

    def close(self) -> None:
        self._pool.close()

    def _send(
        self, method: str, target: str, headers: Mapping[str, str], body: Iterator[bytes] | bytes | None
    ) -> BaseHTTPResponse:
        options: dict[str, Any] = {
            "headers": headers,
            "body": body,
            "chunked": body is not None and "content-length" not in headers,
            "retries": False,
            "redirect": False,
            "assert_same_host": False,
            "preload_content": False,
            "decode_content": False,
        }
        try:
            return self._pool.urlopen(method, target, **options)
        except ProtocolError:
            # A kept connection may have been closed at this moment; only a pure read is asked again.
            if method not in _REPEATABLE or body is not None:
                raise
            return self._pool.urlopen(method, target, **options)

    def _away(self, error: Exception) -> None:
        _log.warning("upstream_away", upstream=self.name, error=type(error).__name__)


def body_of(source: Readable, length: int | None, most: int) -> Iterator[bytes]:
    """A request's body in blocks; `length` is None when the client does not say it.

    Raises `terlalu-besar` beyond `most` bytes, `ClientGone` when it ends before `length`.
    """
    if (length or 0) > most:
        raise _too_large(most)
    return _blocks(source, length, most)


def _blocks(source: Readable, length: int | None, most: int) -> Iterator[bytes]:
    seen = 0
    while length is None or seen < length:
        try:
            block = source.read(BLOCK if length is None else min(BLOCK, length - seen))
        except (OSError, ParseException) as error:  # cut off, or not the chunks it announced
            raise ClientGone(type(error).__name__) from error
        if not block:
            break
        seen += len(block)
        if seen > most:
            raise _too_large(most)
        yield block
    if length is not None and seen < length:
        raise ClientGone(f"{seen} of {length} bytes")


def _too_large(most: int) -> Problem:
    return Problem("terlalu-besar", f"Paling besar {most // (1024 * 1024)} MB. Perkecil lalu kirim lagi.")


class Answer:
    """The body of an answer as WSGI wants it; `done` is called once, when nothing more will be sent."""

    def __init__(self, response: BaseHTTPResponse, done: Callable[[], None]) -> None:
        self._response, self._done, self._whole = response, done, False

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.stream(BLOCK, decode_content=False)
        self._whole = True

    def close(self) -> None:
        """Give the connection back, or close it if the client left before the end."""
        if self._whole:
            self._response.release_conn()
        else:
            self._response.close()
        self._done()
