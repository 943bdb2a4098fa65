"""A problem of RFC 9457 as the bytes of a whole HTTP answer; the same slugs and texts as everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from chassis.ids import new_id
from web.problems import URN, Problem


class Refusals:
    """The catalogue `problems.json`, read once."""

    def __init__(self, contracts: Path) -> None:
        self._all: dict[str, dict[str, Any]] = json.loads((contracts / "problems.json").read_text())

    def answer(self, problem: Problem, path: str) -> bytes:
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
        return head(status, headers | dict(problem.headers)) + text


def head(status: HTTPStatus, headers: Mapping[str, str]) -> bytes:
    """Status line and headers; the body ends with the connection."""
    common = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Connection": "close"}
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in {**common, **headers}.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
