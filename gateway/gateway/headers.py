"""Which headers pass the door: hop-by-hop ones never, client `X-` ones only when a service asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# RFC 9110 section 7.6.1, and what a proxy must say itself.
_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_OURS = {
    "host",
    "content-length",
    "authorization",
    "cookie",
    "expect",
    "forwarded",
    "via",
    "traceparent",
    "tracestate",
}
_X = {"x-request-id", "x-izin-unggah", "x-konfirmasi"}
_ANSWER = {"server", "date"}  # the server in front of us says its own


def request(environ: Mapping[str, Any]) -> dict[str, str]:
    """The client's headers that a service may see. Identity travels in the service token alone."""
    named = _named(environ.get("HTTP_CONNECTION", ""))
    found = {k[5:].replace("_", "-").lower(): str(v) for k, v in environ.items() if k.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        found["content-type"] = str(environ["CONTENT_TYPE"])
    return {
        name: value
        for name, value in found.items()
        if name not in _HOP | _OURS | named and (not name.startswith("x-") or name in _X)
    }


def answer(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A service's headers that the client may see."""
    pairs = list(items)
    named = {n for name, value in pairs if name.lower() == "connection" for n in _named(value)}
    return [(name, value) for name, value in pairs if name.lower() not in _HOP | _ANSWER | named]


def _named(connection: str) -> set[str]:
    return {name.strip().lower() for name in connection.split(",")}
