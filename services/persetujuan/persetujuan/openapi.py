"""The OpenAPI document of persetujuan, for `ekel contracts`: no engine and no key is opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from chassis.settings import Settings
from persetujuan.entrypoints.http import aplikasi

Spec = dict[str, Any]
_TEXT: Final[Spec] = {"type": "string"}
_FIELDS: Final = ("pointer", "slug", "detail")
_PROBLEM: Final[Spec] = {
    "type": "object",
    "description": "RFC 9457; `errors` lists every wrong field.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance", "request_id"), _TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": dict.fromkeys(_FIELDS, _TEXT)},
        },
    },
}


def openapi(contracts: Path | None = None) -> Spec:
    """OpenAPI 3.1 of every operation."""
    spec = aplikasi.openapi(contracts or Settings().contracts)
    for (path, method), headers in HEADERS.items():
        spec["paths"][path][method].setdefault("parameters", []).extend(headers)
    for operations in spec["paths"].values():
        for operation in operations.values():
            _complete(operation)
    spec["components"]["schemas"]["Masalah"] = _PROBLEM
    spec["components"]["securitySchemes"] = {"layanan": {"type": "http", "scheme": "bearer"}}
    copied: Spec = json.loads(json.dumps(spec))  # nothing shared: YAML would write it as aliases
    return copied


def _complete(operation: Spec) -> None:
    """Every operation needs a token; every error has one shape."""
    operation["security"] = [{"layanan": []}]
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            content = {"schema": {"$ref": "#/components/schemas/Masalah"}}
            response["content"] = {"application/problem+json": content}


def _header(name: str, description: str, *, required: bool) -> Spec:
    return {"name": name, "in": "header", "required": required, "description": description, "schema": _TEXT}


_KEY: Final = _header("Idempotency-Key", "One per wish; the same key gets the same answer.", required=True)
_MATCH: Final = _header("If-Match", "The ETag that was read.", required=False)
_NEW: Final = _header("If-None-Match", "`*` enters a new official.", required=False)
_CONFIRMED: Final = _header(
    "X-Konfirmasi", "Of POST /v1/masuk/konfirmasi; `setuju` needs it.", required=False
)
HEADERS: Final = {
    ("/v1/tugas/{id}/keputusan", "post"): [_KEY, _MATCH, _CONFIRMED],
    ("/v1/pejabat/{akun}", "put"): [_MATCH, _NEW],
    ("/v1/delegasi", "post"): [_KEY],
}
