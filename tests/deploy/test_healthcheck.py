"""A container is healthy while the role it runs answers that it is ready."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from support.tree import ROOT

Check = Callable[[str], int]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """What the image asks itself when this command is its first process."""
    main: Check = runpy.run_path(str(ROOT / "deploy/image/healthcheck.py"))["main"]

    def asked(command: str) -> int:
        (tmp_path / "cmdline").write_bytes(command.replace(" ", "\0").encode() + b"\0")
        return main(str(tmp_path / "cmdline"))

    return asked


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_a_role_is_as_healthy_as_it_says(
    check: Check,
    status: int,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Role(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()
            self.wfile.write(b"siap?")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Role) as server:
        Thread(target=server.handle_request).start()
        monkeypatch.setenv("EKEL_WORKER_BIND", f"0.0.0.0:{server.server_port}")

        assert check("python -m dokumen worker") == code

    assert "siap?" in capsys.readouterr().out


def test_a_role_that_does_not_listen_is_not_healthy(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        monkeypatch.setenv("EKEL_WORKER_BIND", f"127.0.0.1:{server.server_port}")

    assert check("python -m dokumen worker") == 1


def test_a_container_without_a_role_is_healthy_while_it_lives(check: Check) -> None:
    assert check("ekel seed") == 0
