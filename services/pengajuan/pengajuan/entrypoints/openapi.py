"""OpenAPI 3.1 of the service, from the code: no engine and no key is needed to describe it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from chassis.metrics import Metrics
from pengajuan.entrypoints.http.application import bare
from web.tokens import Verifier

Spec = dict[str, Any]
_WITHOUT_KEY = ("/v1/lacak",)
_PROBLEM: Spec = {
    "type": "object",
    "description": "RFC 9457; `errors` lists every wrong field.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail", "instance", "request_id")},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("pointer", "slug", "detail")},
            },
        },
    },
}
_KEY: Spec = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "One per wish; the same key gets the same answer.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200},
}
_MATCH: Spec = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that was read.",
    "schema": {"type": "string"},
}


def openapi(contracts: Path) -> Spec:
    """The whole document."""
    flask = bare(contracts, Metrics(contracts), Verifier(contracts))
    with flask.app_context():
        spec = cast("Spec", flask.spec)
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            if isinstance(operation, dict):
                _complete(path, method, operation)
    spec["tags"] = list({tag["name"]: tag for tag in spec["tags"]}.values())
    schemas = spec["components"]["schemas"]
    for unused in ("HTTPError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Masalah"] = _PROBLEM
    spec["components"]["securitySchemes"] = {"layanan": {"type": "http", "scheme": "bearer"}}
    return spec


def _complete(path: str, method: str, operation: Spec) -> None:
    """What the decorators cannot say: headers of commands, the shape of errors, who needs a token."""
    parameters = operation.setdefault("parameters", [])
    if method == "post" and path not in _WITHOUT_KEY:
        parameters.append(_KEY)
    if method == "patch":
        parameters.append(_MATCH)
    if "401" in operation["responses"]:
        operation["security"] = [{"layanan": []}]
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            content = {"schema": {"$ref": "#/components/schemas/Masalah"}}
            response["content"] = {"application/problem+json": content}
