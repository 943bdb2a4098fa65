"""A small HTTP client of the public API: JSON in and out, one identity each, anything unexpected is an error.

A request that got no answer, or was told that a service is away (502, 503, 504) or that others go first (429), is
sent again, the same in every byte: what it did, if it did something, is recognised by its Idempotency-Key. It waits as
long as `Retry-After` says, unless that is beyond its patience. Any good client of the API does that.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3

from chassis.ids import new_id

TIMEOUT = 30.0  # seconds per request
PATIENCE = 5.0  # seconds in which a request is repeated
PAUSE = 0.2  # seconds between two tries
_AGAIN = (429, 502, 503, 504)


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
    """One caller. `signed_in` gives the same connections with another token; `patience` is in seconds."""

    def __init__(
        self,
        url: str,
        token: str = "",
        pool: urllib3.PoolManager | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.url, self._token, self._patience = url.rstrip("/"), token, patience
        self._pool = pool or urllib3.PoolManager(maxsize=8, timeout=TIMEOUT, retries=False)

    def signed_in(self, token: str) -> Client:
        return Client(self.url, token, self._pool, self._patience)

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
        """Whatever the system answers in the end. Raises `Unexpected` if it does not answer."""
        sent = {"Accept": "application/json"}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        if method == "POST":
            sent["Idempotency-Key"] = new_id()
        if body is not None:
            sent["Content-Type"], content = "application/json", json.dumps(body).encode()
        sent.update(headers or {})
        deadline = time.monotonic() + self._patience
        while True:
            impatient, pause = time.monotonic() >= deadline, PAUSE
            try:
                answer = self._pool.request(method, self.url + path, body=content or None, headers=sent)
            except urllib3.exceptions.HTTPError as error:
                if impatient:
                    raise Unexpected(f"{method} {self.url}{path}: {type(error).__name__}") from error
            else:
                pause = _pause(answer.headers)
                if impatient or answer.status not in _AGAIN or time.monotonic() + pause > deadline:
                    return Answer(answer.status, answer.headers, answer.data)
            time.sleep(pause)


def _with(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _pause(headers: Mapping[str, str]) -> float:
    """Seconds until the next try; `Retry-After` as a date (RFC 9110) is not used by this system."""
    told = headers.get("Retry-After", "")
    return float(told) if told.isdigit() else PAUSE


def _why(answer: Answer) -> str:
    try:
        problem = answer.data
    except ValueError:
        return answer.content[:200].decode(errors="replace")
    return json.dumps(problem, ensure_ascii=False)[:600]
