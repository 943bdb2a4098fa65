"""Errors over HTTP: RFC 9457 problem+json, one shape, every slug from `contracts/problems.json`.

{type, title, status, detail, instance, request_id, errors: [{pointer, slug, detail}]}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog
from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, g, request
from gunicorn.http.errors import ParseException
from pydantic import ValidationError

from chassis.aggregate import Conflict, KeyReused, Stale
from chassis.ports.errors import NotFound, PortError
from web import wording

URN = "urn:ekelurahan:masalah:"
_BY_STATUS = {
    400: "json-rusak",
    401: "belum-masuk",
    403: "dilarang",
    404: "tidak-ditemukan",
    405: "cara-salah",
    413: "terlalu-besar",
    415: "jenis-tidak-didukung",
    422: "isi-salah",
    429: "terlalu-sering",
}
_log = structlog.get_logger(__name__)


class Problem(Exception):
    """Answer with this problem: `detail` is Indonesian and says the way out, `extra` are members of its own."""

    def __init__(
        self,
        slug: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(slug)
        self.slug, self.detail, self.errors, self.headers = slug, detail, errors, headers or {}
        self.extra = extra or {}


class Catalogue:
    """The problems that exist: slug → {title, status}. An unknown slug is a defect and answers 500."""

    def __init__(self, contracts: Path) -> None:
        self._all: dict[str, dict[str, Any]] = json.loads((contracts / "problems.json").read_text())

    def answer(self, problem: Problem) -> Response:
        known = self._all.get(problem.slug)
        if known is None:
            _log.error("problem_not_in_catalogue", slug=problem.slug)
            known = self._all["galat-server"]
        body: dict[str, Any] = {
            "type": URN + problem.slug,
            "title": known["title"],
            "status": known["status"],
            "detail": problem.detail or known["title"],
            "instance": request.path,
            "request_id": g.get("request_id", ""),
        }
        body |= problem.extra
        if problem.errors:
            body["errors"] = [dict(e) for e in problem.errors]
        text = json.dumps(body, ensure_ascii=False)
        return Response(text, known["status"], problem.headers, content_type="application/problem+json")


def install(app: APIFlask, contracts: Path, refusals: Sequence[type[Exception]]) -> None:
    """Turn every error into a problem. `refusals` are a service's own error trees (with `slug`)."""
    catalogue = Catalogue(contracts)

    def answer(error: Exception) -> Response:
        return catalogue.answer(_problem(error, tuple(refusals)))

    app.register_error_handler(Exception, answer)

    @app.error_processor
    def from_apiflask(error: HTTPError) -> Any:
        return catalogue.answer(_of_http(error))


def _problem(error: Exception, refusals: tuple[type[Exception], ...]) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, refusals):
        return Problem(error.slug, str(error), errors=[_field(f) for f in getattr(error, "errors", ())])  # type: ignore[attr-defined]
    if isinstance(error, Stale):
        return Problem("versi-berubah", headers={"ETag": f'"{error.version}"'})
    if isinstance(error, ParseException):  # a body that is not in the chunks it announced
        return Problem("json-rusak")
    if isinstance(error, NotFound):
        return Problem("tidak-ditemukan")
    if isinstance(error, KeyReused):
        return Problem("kunci-dipakai-lain")
    if isinstance(error, (Conflict, PortError)):
        _log.warning("engine_away", error=repr(error))
        return Problem("mesin-tidak-tersedia", headers={"Retry-After": "2"})
    _log.error("request_failed", exc_info=error, path=request.url_rule.rule if request.url_rule else "")
    return Problem("galat-server")


def _field(error: Any) -> Mapping[str, str]:
    """A field error given as a mapping or as an object with the same three names."""
    if isinstance(error, Mapping):
        return error
    return {name: str(getattr(error, name)) for name in ("pointer", "slug", "detail")}


def _of_http(error: HTTPError) -> Problem:
    """APIFlask's and Werkzeug's own errors; a failed model carries pydantic's as its cause."""
    slug = _BY_STATUS.get(error.status_code, "galat-server")
    if isinstance(error.__cause__, ValidationError):
        return Problem(slug, errors=wording.field_errors(error.__cause__))
    return Problem(slug)
