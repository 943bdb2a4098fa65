"""One Flask application per deployable: request ids, trace, identity, problems, figures, security headers."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from apiflask import APIBlueprint, APIFlask
from flask import Response, g, request

from chassis import trace
from chassis.ids import new_id
from chassis.metrics import Metrics
from web import identity, problems
from web.body import Strict
from web.tokens import Verifier

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_ID = re.compile(r"[A-Za-z0-9._-]{8,80}")
_log = structlog.get_logger("web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an application is made of."""

    service: str
    title: str
    contracts: Path
    metrics: Metrics
    verifier: Verifier
    blueprints: Sequence[APIBlueprint]
    refusals: Sequence[type[Exception]] = ()


def create_app(parts: Parts) -> APIFlask:
    """The application, ready to serve."""
    app = APIFlask(parts.service, title=parts.title, version="1", spec_path=None, docs_path=None)
    app.config.update(OPENAPI_VERSION="3.1.0", MAX_CONTENT_LENGTH=None, MAX_FORM_MEMORY_SIZE=1024 * 1024)
    app.json = json = Strict(app)
    json.sort_keys = json.ensure_ascii = False
    _observe(app, parts)
    identity.install(app, parts.verifier)
    problems.install(app, parts.contracts, parts.refusals)
    for blueprint in parts.blueprints:
        app.register_blueprint(blueprint)
    return app


def request_id(given: str) -> str:
    """The caller's id of this request if it has the form of one, else a new one."""
    return given if _ID.fullmatch(given) else new_id()


def method_label(given: str) -> str:
    """A request's method as figures know it: clients can invent any number of others."""
    return given if given in _METHODS else "other"


def _observe(app: APIFlask, parts: Parts) -> None:
    @app.before_request
    def begin() -> None:
        g.request_id = request_id(request.headers.get("X-Request-Id", ""))
        g.began = time.perf_counter()
        trace.start(request.headers.get("traceparent"))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        route = request.url_rule.rule if request.url_rule else "-"
        labels: dict[str, str] = {
            "service": parts.service,
            "method": method_label(request.method),
            "route": route,
        }
        parts.metrics.count("ekel_http_requests_total", status=str(response.status_code), **labels)
        parts.metrics.observe("ekel_http_request_seconds", seconds, **labels)
        _log.info("request", status=response.status_code, ms=round(seconds * 1000, 1), **labels)
        response.headers["X-Request-Id"] = g.request_id
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
