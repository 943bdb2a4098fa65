"""What views work with: the service's parts, and documented problems."""

from __future__ import annotations

from typing import Any

from flask import current_app

from notifikasi.bootstrap import App


def bagian() -> App:
    """The parts that `aplikasi.create` was given."""
    app: App = current_app.extensions["notifikasi"]
    return app


def problems(**meaning: str) -> Any:
    """Documented problem answers by status: `problems(s404="not there")`; their shape is added by `openapi`."""
    return {int(status[1:]): text for status, text in meaning.items()}
