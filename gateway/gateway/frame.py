"""What every answer of the public door carries: who may read it in a browser (CORS), and how a browser must treat it.

Requests are authorised by a bearer token that no browser sends by itself, and no cookie is ever set or read: a
foreign page has nothing to ride on (CSRF). Front ends of other origins are named in EKEL_ORIGINS; all others get
answers that their browser does not show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gateway.door import Environ, Start, Wsgi

_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_ASK = (
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Range, Tus-Resumable, "
    "Upload-Length, Upload-Metadata, Upload-Offset, X-Izin-Unggah, X-Konfirmasi, X-Request-Id"
)
_READ = (
    "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, Tus-Resumable, Upload-Expires, Upload-Length, "
    "Upload-Offset, X-Request-Id, X-Tanda-Lihat"
)
_REMEMBER = "600"  # seconds that a browser keeps the answer of a preflight
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_CSP = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
_HSTS = ("Strict-Transport-Security", "max-age=31536000")


class Browsers:
    """The headers by origin; `origins` as a browser writes them, `secure` when people come by https."""

    def __init__(self, origins: Sequence[str], *, secure: bool) -> None:
        self._origins = frozenset(origins)
        self._always = (*_ALWAYS, _HSTS) if secure else _ALWAYS

    def preflight(self, origin: str) -> list[tuple[str, str]]:
        """All headers of the answer to a browser that asks before it asks."""
        return [*self._always, *self._allowed(self.shared(origin)), ("Vary", "Origin")]

    def shared(self, origin: str) -> list[tuple[str, str]]:
        """What lets this origin read; the answer differs by origin, so caches are told as soon as any is allowed."""
        if not self._origins:
            return []
        if origin not in self._origins:
            return [("Vary", "Origin")]
        return [
            ("Vary", "Origin"),
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Expose-Headers", _READ),
        ]

    def _allowed(self, shared: list[tuple[str, str]]) -> list[tuple[str, str]]:
        allowed = [pair for pair in shared if pair[0] == "Access-Control-Allow-Origin"]
        if not allowed:
            return []
        return [
            *allowed,
            ("Access-Control-Allow-Methods", _METHODS),
            ("Access-Control-Allow-Headers", _ASK),
            ("Access-Control-Max-Age", _REMEMBER),
        ]

    def missing(self, given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """A browser's own reader of PDFs does not work without scripts, so those get no content policy."""
        names = {name.lower() for name, _ in given}
        pdf = any(n.lower() == "content-type" and v.startswith("application/pdf") for n, v in given)
        wanted = self._always if pdf else (*self._always, _CSP)
        return [(name, value) for name, value in wanted if name.lower() not in names]


class Frame:
    """WSGI around the door."""

    def __init__(self, inner: Wsgi, origins: Sequence[str], *, secure: bool) -> None:
        self._inner, self._browsers = inner, Browsers(origins, secure=secure)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        origin = environ.get("HTTP_ORIGIN", "")
        if environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
            start("204 No Content", self._browsers.preflight(origin))
            return ()

        def begin(status: str, given: list[tuple[str, str]], *rest: Any) -> Any:
            return start(
                status, [*given, *self._browsers.missing(given), *self._browsers.shared(origin)], *rest
            )

        return self._inner(environ, begin)
