"""Small on a weak line: text goes out compressed, style and scripts under an address that changes with their content.

Pages are compressed as they leave. A token in them is signed anew for each second, so that guessing it by the length
of an answer (BREACH) has nothing to hold on to.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

TEXT = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml", "application/manifest+json"})
SHORT = 600  # bytes below which compressing gains nothing
YEAR = 365 * 86400
_VERSION = 10  # hex digits


def pasang(app: Flask) -> None:
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            file = folder / values["filename"]
            values.setdefault("v", _digest(file, file.stat().st_mtime_ns))

    @app.after_request
    def small(response: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v"):
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        if response.status_code == 200 and response.mimetype in TEXT:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings["gzip"] and "Content-Encoding" not in response.headers:
                _compress(response)
        return response


def _compress(response: Response) -> None:
    response.direct_passthrough = False  # a file: read it
    content = response.get_data()
    if len(content) < SHORT:
        return
    etag, _ = response.get_etag()
    # Only what is the same for everybody is kept; a page may hold somebody's data.
    response.set_data(_kept(content) if request.endpoint == "static" else _gzip(content))
    response.headers["Content-Encoding"] = "gzip"
    if etag is not None:
        response.set_etag(etag, weak=True)


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


_kept = lru_cache(64)(_gzip)


@lru_cache(64)
def _digest(file: Path, _changed: int) -> str:
    return sha256(file.read_bytes()).hexdigest()[:_VERSION]
