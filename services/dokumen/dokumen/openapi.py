"""The OpenAPI document of dokumen, for `ekel contracts`: no engine and no key is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chassis.settings import Settings
from dokumen.entrypoints.http import aplikasi


def openapi(contracts: Path | None = None) -> dict[str, Any]:
    """OpenAPI 3.1 of every operation."""
    return aplikasi.openapi(contracts or Settings().contracts)
