"""What views work with: the service's parts, and documented problems."""

from __future__ import annotations

from typing import Any

from flask import current_app

from notifikasi.bootstrap import App

_PROBLEM = {"type": "object", "properties": {"type": {"type": "string"}, "detail": {"type": "string"}}}


def bagian() -> App:
    """The parts that `aplikasi.create` was given."""
    app: App = current_app.extensions["notifikasi"]
    return app


def problems(**meaning: str) -> Any:
    """Documented problem answers: `problems(s404="no such message")`."""
    return {
        int(status[1:]): {
            "description": text,
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        }
        for status, text in meaning.items()
    }
