"""A small HTTP client of the public API: JSON in and out, one identity each, anything unexpected is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3

from chassis.ids import new_id

TIMEOUT = 30.0  # seconds per request


class Unexpected(Exception):
    """The system answered what it should not, or not at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is the parsed JSON body, or None; `content` its bytes."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.content) if self.content else None


class Client:
    """One caller. `signed_in` gives the same connections with another token."""

    def __init__(self, url: str, token: str = "", pool: urllib3.PoolManager | None = None) -> None:
        self.url, self._token = url.rstrip("/"), token
        self._pool = pool or urllib3.PoolManager(maxsize=8, timeout=TIMEOUT, retries=False)

    def signed_in(self, token: str) -> Client:
        return Client(self.url, token, self._pool)

    def get(self, path: str, /, **query: str) -> Any:
        """The JSON of a 200."""
        return self.call("GET", _with(path, query)).data

    def post(
        self, path: str, body: object = None, *, headers: Mapping[str, str] | None = None, wanted: int = 0
    ) -> Any:
        """The JSON of a 2xx; every POST carries a key of its own."""
        return self.call("POST", path, body=body, headers=headers or {}, wanted=wanted).data

    def call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        wanted: int = 0,
    ) -> Answer:
        """`wanted` is the expected status, 0 for any 2xx. Raises `Unexpected`."""
        answer = self.ask(method, path, body=body, content=content, headers=headers)
        if answer.status != wanted if wanted else not 200 <= answer.status < 300:
            raise Unexpected(f"{method} {path} answered {answer.status}: {_why(answer)}")
        return answer

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Whatever the system answers. Raises `Unexpected` if it does not answer."""
        sent = {"Accept": "application/json"}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        if method == "POST":
            sent["Idempotency-Key"] = new_id()
        if body is not None:
            sent["Content-Type"], content = "application/json", json.dumps(body).encode()
        sent.update(headers or {})
        try:
            answer = self._pool.request(method, self.url + path, body=content or None, headers=sent)
        except urllib3.exceptions.HTTPError as error:
            raise Unexpected(f"{method} {self.url}{path}: {type(error).__name__}") from error
        return Answer(answer.status, answer.headers, answer.data)


def _with(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _why(answer: Answer) -> str:
    try:
        problem = answer.data
    except ValueError:
        return answer.content[:200].decode(errors="replace")
    return json.dumps(problem, ensure_ascii=False)[:600]
