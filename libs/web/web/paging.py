"""Keyset cursors: opaque to clients, the last values seen to us."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from flask import request

from web.problems import Problem

LIMIT, MOST = 50, 200


def limit() -> int:
    """?batas=, 1 to 200, default 50."""
    text = request.args.get("batas", str(LIMIT))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        detail = f"Isi batas dengan bilangan 1 sampai {MOST}."
        raise Problem("isi-salah", errors=[{"pointer": "/batas", "slug": "batas-salah", "detail": detail}])
    return int(text)


def cursor() -> list[Any]:
    """?cursor= as `write` made it; [] at the beginning."""
    text = request.args.get("cursor", "")
    return read(text) if text else []


def read(text: str) -> list[Any]:
    try:
        value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError as error:
        raise Problem("kursor-salah") from error
    if not isinstance(value, list):
        raise Problem("kursor-salah")
    return value


def write(values: Sequence[Any]) -> str:
    text = json.dumps(list(values), separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
