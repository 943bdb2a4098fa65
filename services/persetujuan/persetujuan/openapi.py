"""The OpenAPI document of persetujuan, for `ekel contracts`: no engine and no key is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from chassis.settings import Settings
from persetujuan.entrypoints.http import aplikasi
from runtime.openapi import complete, header

_MATCH: Final = header("If-Match", "The ETag that was read.", required=False)
_NEW: Final = header("If-None-Match", "`*` enters a new official.", required=False)
_CONFIRMED: Final = header("X-Konfirmasi", "Of POST /v1/masuk/konfirmasi; `setuju` needs it.", required=False)
HEADERS: Final = {
    ("/v1/tugas/{id}/keputusan", "post"): [_MATCH, _CONFIRMED],
    ("/v1/pejabat/{akun}", "put"): [_MATCH, _NEW],
}


def openapi(contracts: Path | None = None) -> dict[str, Any]:
    """OpenAPI 3.1 of every operation."""
    spec = aplikasi.openapi(contracts or Settings().contracts)
    return complete(spec, headers=HEADERS, public=())
