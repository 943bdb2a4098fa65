"""The door itself, plain WSGI around the Flask object: swap the session for a service token, then pass on.

A proxied request never enters Flask. Refusals do: they are raised there, so that every problem has one shape.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import structlog

from chassis import trace
from chassis.metrics import Metrics
from gateway import headers, routes, vouch
from gateway.bagian.giliran import Sent, Turn, Turns
from gateway.tokens import Exchange
from gateway.uploads import Uploads
from gateway.upstream import Answer, ClientGone, Upstream, body_of
from gateway.vouch import Vouch
from gateway.watch import Watch
from web.app import method_label, request_id
from web.patience import last_of_its_line
from web.problems import Problem

ERROR, SESSION, BASIC = "gateway.error", "gateway.session", "gateway.basic"
UNREAD = 16 * 1024  # bytes of a body that a server takes off the line even when its answer did not need them
_PATH = "/:@!$&'()*+,;=~-._"  # what RFC 3986 lets stand in a path
_log = structlog.get_logger("web")
Environ = dict[str, Any]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes of a body: of a file, and of everything else."""

    upload: int
    body: int


class Door:
    """WSGI application."""

    def __init__(
        self,
        inner: Wsgi,
        exchange: Exchange,
        upstreams: Mapping[str, Upstream],
        metrics: Metrics,
        limits: Limits,
        uploads: Uploads,
        vouch: Vouch,
        watch: Watch,
        turns: Turns,
    ) -> None:
        self._inner, self._exchange, self._upstreams = inner, exchange, upstreams
        self._metrics, self._limits, self._uploads, self._vouch = metrics, limits, uploads, vouch
        self._watch, self._turns = watch, turns

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        id = environ["HTTP_X_REQUEST_ID"] = request_id(environ.get("HTTP_X_REQUEST_ID", ""))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=id)
        turn = Turn()
        try:
            self._admit(environ)
            self._turns.begin(turn, environ)
            target = routes.target(environ["PATH_INFO"])
            if target is not None:
                self._watch.before(environ)
                return self._forward(target, environ, start, turn)
        except Exception as error:  # answered inside, as a problem
            turn.close()
            _hang_up(environ)
            environ.pop("HTTP_AUTHORIZATION", None)
            environ[ERROR] = error
        with turn:  # what Flask answers is small and whole now
            return self._inner(environ, start)

    def _admit(self, environ: Environ) -> None:
        """Replace what the client sent by what services believe; an unknown session is a 401."""
        scheme, _, secret = environ.pop("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == "basic":
            environ[BASIC] = secret.strip()
        elif scheme:
            if scheme.lower() != "bearer":
                raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"})
            passed = self._exchange.swap(secret.strip())
            environ[SESSION] = passed.session
            environ["HTTP_AUTHORIZATION"] = f"Bearer {passed.token}"

    def _forward(self, target: routes.Target, environ: Environ, start: Start, turn: Turn) -> Iterable[bytes]:
        began = time.perf_counter()
        method, given = environ["REQUEST_METHOD"], headers.request(environ)
        given["traceparent"] = trace.start(environ.get("HTTP_TRACEPARENT"))
        if "HTTP_AUTHORIZATION" in environ:
            given["authorization"] = environ["HTTP_AUTHORIZATION"]
        if target.counted:
            given[vouch.HEADER] = self._vouch(environ)
        most = self._limits.upload if target.upload else self._limits.body
        body, length = _body(environ, most)
        if length is not None:
            given["content-length"] = str(length)
        if body is not None and (length is None or length > UNREAD):
            # A service that answers before it read all hangs up: on a kept line the next request would be lost.
            given["connection"] = "close"
        upload = self._uploads.turn(environ) if target.shared and body is not None else nullcontext()

        def send() -> Any:
            return self._upstreams[target.owner].send(method, _address(environ), given, body)

        try:
            with upload:
                response = self._turns.ask(turn, environ, target.owner, send)
        except ClientGone as error:
            raise Problem("json-rusak", "Kiriman terputus. Kirim lagi.") from error
        self._watch.after(environ, response.status)
        start(f"{response.status} {response.reason or ''}".rstrip(), headers.answer(response.headers.items()))

        def done() -> None:
            self._count(target, environ, response.status, time.perf_counter() - began)

        return Sent(Answer(response, done), turn)

    def _count(self, target: routes.Target, environ: Environ, status: int, seconds: float) -> None:
        method = method_label(environ["REQUEST_METHOD"])
        labels = {"service": "gateway", "method": method, "route": target.template}
        self._metrics.count("ekel_http_requests_total", status=str(status), **labels)
        self._metrics.observe("ekel_http_request_seconds", seconds, **labels)
        _log.info("request", status=status, ms=round(seconds * 1000, 1), **labels)


def _hang_up(environ: Environ) -> None:
    """A refused upload is not listened to: gunicorn would read on for seconds, on a thread, to keep the line.

    What came so far is read, the answer can still be sent.
    """
    line, length = environ.get("gunicorn.socket"), environ.get("CONTENT_LENGTH") or "0"
    if line is not None and (int(length) > UNREAD or environ.get("HTTP_TRANSFER_ENCODING")):
        with suppress(OSError):  # gone by itself
            line.shutdown(socket.SHUT_RD)
        last_of_its_line(environ)


def _body(environ: Environ, most: int) -> tuple[Iterator[bytes] | None, int | None]:
    """The body and its length; (None, None) when there is none."""
    source = environ["wsgi.input"]
    if environ.get("CONTENT_LENGTH"):
        length = int(environ["CONTENT_LENGTH"])
        return (body_of(source, length, most), length) if length else (None, None)
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return body_of(source, None, most), None
    return None, None


def _address(environ: Environ) -> str:
    """Path and query, written anew from the path that the owner was chosen by."""
    path = quote(environ["PATH_INFO"].encode("latin-1"), safe=_PATH)
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
