"""The OpenAPI document of notifikasi, for `ekel contracts`: no engine and no key is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chassis.settings import Settings
from notifikasi.entrypoints.http import aplikasi
from runtime.openapi import complete

_WITHOUT_KEY = (
    "/v1/kode",  # asked by the gateway, which counts and repeats by itself
    "/v1/tautan",
    "/v1/templat/{kode}/pratinjau",  # changes nothing
)


def openapi(contracts: Path | None = None) -> dict[str, Any]:
    """OpenAPI 3.1 of every operation."""
    spec = aplikasi.openapi(contracts or Settings().contracts)
    return complete(spec, without_key=_WITHOUT_KEY, public=())
