"""Answers as bytes: the head of a stream, a preflight, and problems of RFC 9457 with the slugs of everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from chassis.ids import new_id
from gateway.frame import Browsers
from web.problems import URN, Problem

_STREAM = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}


class Answers:
    """What every answer carries for browsers (`frame.py`), and refusals by the catalogue `problems.json`."""

    def __init__(self, contracts: Path, browsers: Browsers) -> None:
        self._all: dict[str, dict[str, Any]] = json.loads((contracts / "problems.json").read_text())
        self._browsers = browsers

    def stream(self, origin: str) -> bytes:
        """The head of a stream."""
        return self._head(HTTPStatus.OK, _STREAM, origin)

    def preflight(self, origin: str) -> bytes:
        """A browser's question before a request with headers of its own; who asks is nobody yet."""
        return head(HTTPStatus.NO_CONTENT, self._browsers.preflight(origin))

    def refusal(self, problem: Problem, path: str, origin: str) -> bytes:
        known = self._all[problem.slug]
        status = HTTPStatus(known["status"])
        body = {
            "type": URN + problem.slug,
            "title": known["title"],
            "status": status.value,
            "detail": problem.detail or known["title"],
            "instance": path,
            "request_id": new_id(),
            **problem.extra,
        }
        if problem.errors:
            body["errors"] = [dict(each) for each in problem.errors]
        text = json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/problem+json", "Content-Length": str(len(text))}
        return self._head(status, headers | dict(problem.headers), origin) + text

    def _head(self, status: HTTPStatus, headers: Mapping[str, str], origin: str) -> bytes:
        given = [("Cache-Control", "no-store"), *headers.items()]
        return head(status, [*given, *self._browsers.missing(given), *self._browsers.shared(origin)])


def head(status: HTTPStatus, headers: Sequence[tuple[str, str]]) -> bytes:
    """Status line and headers; the body ends with the connection."""
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
