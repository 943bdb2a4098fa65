"""The internal port of every role: /healthz (alive), /readyz (fit for work), /metrics. Never public."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket

import structlog

from chassis.metrics import Metrics

_log = structlog.get_logger(__name__)
Check = Callable[[], str]  # empty, or why not


class Internal:
    """`needed` checks turn readiness red; `wanted` ones only show as degraded."""

    def __init__(self, needed: Mapping[str, Check], wanted: Mapping[str, Check], metrics: Metrics) -> None:
        self._needed, self._wanted, self._metrics = needed, wanted, metrics

    def ready(self) -> tuple[int, bytes]:
        failed = {name: why for name, check in self._needed.items() if (why := _safe(check))}
        degraded = {name: why for name, check in self._wanted.items() if (why := _safe(check))}
        for name in (*self._needed, *self._wanted):
            self._metrics.set("ekel_check_ok", name not in failed | degraded, check=name)
        state = "not ready" if failed else "degraded" if degraded else "ready"
        body = {"status": state, "failed": failed, "degraded": degraded}
        return (503 if failed else 200), json.dumps(body).encode()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/healthz":
            return 200, "text/plain", b"ok\n"
        if path == "/readyz":
            status, body = self.ready()
            return status, "application/json", body
        if path == "/metrics":
            return 200, "text/plain; version=0.0.4", self._metrics.text()
        return 404, "text/plain", b"not found\n"

    def serve(self, listener: socket) -> None:
        """Answer on an already listening socket from a daemon thread."""
        internal = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                status, kind, body = internal.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Probes are not news."""

        server = _Quiet(listener.getsockname()[:2], Handler, bind_and_activate=False)
        server.socket.close()
        server.socket = listener
        threading.Thread(target=server.serve_forever, name="internal", daemon=True).start()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A prober that did not wait for its answer is not worth a traceback; all else is."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):
            _log.error("probe_failed", exc_info=error)


def engine(ping: Callable[[], None]) -> Check:
    """A check that a port's engine answers."""

    def check() -> str:
        ping()
        return ""

    return check


def _safe(check: Check) -> str:
    try:
        return check()
    except Exception as error:  # a check must answer, whatever breaks
        return type(error).__name__
