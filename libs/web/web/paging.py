"""Keyset cursors: opaque to clients, the last values seen to us."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from flask import request

from web.body import fits
from web.problems import Problem

LIMIT, MOST = 50, 200


def limit() -> int:
    """?batas=, 1 to 200, default 50."""
    text = request.args.get("batas", str(LIMIT))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        detail = f"Isi batas dengan bilangan 1 sampai {MOST}."
        raise Problem("isi-salah", errors=[{"pointer": "/batas", "slug": "batas-salah", "detail": detail}])
    return int(text)


def cursor(values: int = 1) -> list[Any]:
    """?cursor= as `write` made it of so many values; [] at the beginning."""
    text = request.args.get("cursor", "")
    return read(text, values) if text else []


def read(text: str, values: int = 1) -> list[Any]:
    """Texts and whole numbers, as many as the order has. Raises `kursor-salah` for anything else."""
    try:
        value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError) as error:
        raise Problem("kursor-salah") from error
    if not isinstance(value, list) or len(value) != values:
        raise Problem("kursor-salah")
    if not all(type(item) in (str, int) and fits(item) for item in value):
        raise Problem("kursor-salah")
    return value


def write(values: Sequence[Any]) -> str:
    text = json.dumps(list(values), separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
