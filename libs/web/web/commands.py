"""Preconditions of a command: Idempotency-Key, If-Match, and the ETag of an answer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from flask import request

from chassis.aggregate import Outcome
from chassis.causes import Cause
from web.problems import Problem

_KEY = re.compile(r"[\x21-\x7e]{8,200}")
_ETAG = re.compile(r'"([0-9]{1,18})"')


def command(owner: str, asked: object) -> Cause:
    """The cause of a POST: its key belongs to `owner`, `asked` (JSON) is what the key stands for.

    Raises `kunci-idempotensi-wajib` without a usable Idempotency-Key of 8 to 200 visible ASCII characters.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Problem("kunci-idempotensi-wajib")
    text = json.dumps([request.method, request.path, asked], sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return Cause.command(f"{owner}:{key}", digest, expected=_expected())


def change(owner: str, request_id: str, *, new: bool = False) -> Cause:
    """The cause of a PATCH or PUT, guarded by If-Match instead of a key; `new`: nothing may be there yet.

    Clients choose X-Request-Id, so the same id with another wish is another change.
    """
    expected = 0 if new else _expected()
    if expected is None:
        raise Problem("perlu-if-match")
    text = f"{request.method} {request.path} {expected}\n".encode() + request.get_data()
    return Cause.command(f"{owner}:{request_id}:{hashlib.sha256(text).hexdigest()[:32]}", expected=expected)


def _expected() -> int | None:
    value = request.headers.get("If-Match")
    if value is None or value == "*":
        return None
    match = _ETAG.fullmatch(value)
    if match is None:
        raise Problem("versi-berubah")
    return int(match.group(1))


def answer(
    outcome: Outcome, body: Mapping[str, Any], status: int = 200
) -> tuple[Mapping[str, Any], int, dict[str, str]]:
    """A view's answer with the document's version as ETag."""
    return body, status, {"ETag": f'"{outcome.version}"'}
