"""The OpenAPI document of dokumen, for `ekel contracts`; needs no engine."""

from __future__ import annotations

from typing import Any

from chassis.settings import Settings
from dokumen.entrypoints.http import aplikasi


def openapi() -> dict[str, Any]:
    """OpenAPI 3.1 of every operation."""
    default = Settings.model_fields["contracts"].default
    return aplikasi.openapi(default)
