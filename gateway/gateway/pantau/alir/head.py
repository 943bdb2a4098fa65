"""The head of an HTTP/1.1 request, read strictly: a stream needs one GET and nothing else of the protocol."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

MOST = 40 * 1024  # bytes; a cursor of 63 kelurahan takes some 2,000 and may come twice
_LINE = re.compile(r"([A-Z]{1,16}) (/[!-~]*) HTTP/1\.[01]")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class NoRequest(Exception):
    """What came is no request of HTTP/1.1, or too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`headers` by lower-case name, the first of several wins; `query` likewise."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """The page that asks, when a browser does."""
        return self.headers.get("origin", "")

    @property
    def preflight(self) -> bool:
        """Whether a browser asks if it may ask (Fetch, CORS)."""
        return self.method == "OPTIONS" and "access-control-request-method" in self.headers

    @property
    def bearer(self) -> str:
        scheme, _, secret = self.headers.get("authorization", "").partition(" ")
        return secret.strip() if scheme.lower() == "bearer" else ""


async def read(reader: asyncio.StreamReader) -> Head | None:
    """None when the client left without asking. Raises `NoRequest`."""
    try:
        return parse(await reader.readuntil(b"\r\n\r\n"))
    except asyncio.IncompleteReadError as error:
        if not error.partial.strip():
            return None
        raise NoRequest from error
    except asyncio.LimitOverrunError as error:
        raise NoRequest from error


def parse(raw: bytes) -> Head:
    """Raises `NoRequest`."""
    first, *lines = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    asked = _LINE.fullmatch(first)
    if asked is None:
        raise NoRequest
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name):
            raise NoRequest
        headers.setdefault(name.lower(), value.strip())
    try:
        target = urlsplit(asked[2])
        pairs = parse_qsl(target.query, keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise NoRequest from error
    return Head(method=asked[1], path=target.path, query=dict(reversed(pairs)), headers=headers)
