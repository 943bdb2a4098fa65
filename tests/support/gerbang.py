"""A real HTTP gateway for text messages on a free loopback port: takes, refuses, or hangs up after it has taken one."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class GerbangUji:
    """`received` holds every message taken; `status` is answered, `hang_up` times nothing is."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.status, self.hang_up = 202, 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/kirim"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                known = {"kunci": self.headers["Idempotency-Key"], "izin": self.headers["Authorization"]}
                gateway.received.append(text | known)
                gateway.hang_up -= 1
                if gateway.hang_up < 0:
                    self.send_response(gateway.status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

        return Handler
