"""What decorators do not say of an HTTP application, completed in its OpenAPI document: errors (RFC 9457), headers."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

Spec = dict[str, Any]
_METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
_TEXT: Spec = {"type": "string"}
_PROBLEM: Spec = {
    "type": "object",
    "description": "RFC 9457; `errors` lists every wrong field.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance", "request_id"), _TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": dict.fromkeys(("pointer", "slug", "detail"), _TEXT)},
        },
    },
}
_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Masalah"}}}
# Answers that every operation of a kind may give, unless it says something of its own for that status.
_COMMON = {
    "400": "the body cannot be read, a cursor is not ours, or the Idempotency-Key is missing",
    "401": "not signed in, or no longer",
    "403": "another role, office or case",
    "404": "not there, or not to be seen by the caller",
    "409": "the case is not at this step",
    "412": "changed since it was read (If-Match)",
    "413": "too large",
    "415": "another Content-Type",
    "422": "a field is wrong; `errors` names it",
    "428": "If-Match is missing",
    "429": "too often, see `Retry-After`",
    "503": "an engine or a service is away, see `Retry-After`",
}


def header(name: str, description: str, *, required: bool, **schema: Any) -> Spec:
    """A header that a request carries."""
    schema = {**_TEXT, **schema}
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


KEY = header(
    "Idempotency-Key",
    "One per wish; the same key gets the same answer.",
    required=True,
    minLength=8,
    maxLength=200,
)
MATCH = header("If-Match", "The ETag that was read.", required=True)


def complete(
    spec: Spec,
    *,
    headers: Mapping[tuple[str, str], Sequence[Spec]] | None = None,
    without_key: Container[str] = (),
    public: Container[str] | None = None,
    always: Sequence[str] = ("401", "503"),
) -> Spec:
    """The document with what its operations share; nothing in it is shared as an object.

    `headers`: of (path, method). `without_key`: paths whose POST takes no Idempotency-Key. `public`: paths that need
    no token; None says nothing about tokens. `always`: statuses that any operation may answer.
    """
    for path, method, operation in _operations(spec):
        parameters = operation.setdefault("parameters", [])
        known = {parameter.get("name") for parameter in parameters}
        wanted = [*(headers or {}).get((path, method), ())]
        if method == "post" and path not in without_key:
            wanted.append(KEY)
        parameters += [each for each in wanted if each["name"] not in known]
        if public is not None:
            operation["security"] = [{"layanan": []}, {}] if path in public else [{"layanan": []}]
        closed = public is not None and path not in public
        _answers(operation, {*always, *_expected(path, method, operation), *(("403",) if closed else ())})
    components = spec.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Masalah"] = _PROBLEM
    components["responses"] = {s: {"description": d, "content": _CONTENT} for s, d in _COMMON.items()}
    if public is not None:
        components["securitySchemes"] = {"layanan": {"type": "http", "scheme": "bearer"}}
    spec["tags"] = list({tag["name"]: tag for tag in spec.get("tags", [])}.values())
    copied: Spec = json.loads(json.dumps(spec))  # YAML would write what is shared as aliases
    return copied


def _operations(spec: Spec) -> Iterator[tuple[str, str, Spec]]:
    for path, item in spec["paths"].items():
        yield from ((path, method, operation) for method, operation in item.items() if method in _METHODS)


def _expected(path: str, method: str, operation: Spec) -> Iterator[str]:
    """Statuses that follow from what an operation takes."""
    places = {(p.get("in"), p.get("name")) for p in operation["parameters"]}
    if "requestBody" in operation or method in {"post", "put", "patch"}:
        yield from ("400", "413", "415", "422")
    if any(place == "query" for place, _ in places):
        yield from ("400", "422")
    if "{" in path:
        yield "404"
    if ("header", "Idempotency-Key") in places:
        yield from ("409", "412")  # anybody may add an If-Match to a command
    if ("header", "If-Match") in places:
        yield from ("412", "428")


def _answers(operation: Spec, expected: set[str]) -> None:
    """Errors have one shape; those that the operation does not describe itself refer to the common ones."""
    answers = operation["responses"]
    for status, answer in answers.items():
        if int(status) >= 400 and "$ref" not in answer:
            answer["content"] = _CONTENT
    for status in sorted(expected - answers.keys()):
        answers[status] = {"$ref": f"#/components/responses/{status}"}
