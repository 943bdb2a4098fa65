"""A client of the event stream as a browser reads it: frames, the last event id, one blocking socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`event` is None for a frame that only moves the cursor."""

    id: str
    event: dict[str, Any] | None


@dataclass(slots=True)
class Stream:
    """GET /v1/alir at `url`; `last` is the id to come back with."""

    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    last: str = ""
    seconds: float = 30.0
    status: int = 0
    answer: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None
    _rest: bytes = b""

    def __enter__(self) -> Self:
        place = urlsplit(self.url)
        self._socket = socket.create_connection((place.hostname or "", place.port or 0), self.seconds)
        asked = {**self.headers, **({"Last-Event-ID": self.last} if self.last else {})}
        query = f"?{urlencode(self.query)}" if self.query else ""
        lines = [f"GET /v1/alir{query} HTTP/1.1", f"Host: {place.netloc}"]
        lines += [f"{name}: {value}" for name, value in asked.items()]
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        first, *rest = self._until(b"\r\n\r\n").decode().split("\r\n")
        self.status = int(first.split()[1])
        self.answer = {n.lower(): v for n, _, v in (line.partition(": ") for line in rest)}
        return self

    def __exit__(self, *_: object) -> None:
        assert self._socket is not None
        self._socket.close()

    def body(self) -> Any:
        """The JSON of an answer that is no stream."""
        assert self._socket is not None
        while block := self._socket.recv(65536):
            self._rest += block
        return json.loads(self._rest)

    def frames(self) -> Iterator[Frame]:
        """Until the other side ends; each moves `last`. Raises TimeoutError after `seconds` of silence."""
        while True:
            try:
                text = self._until(b"\n\n").decode()
            except EOFError:
                return
            lines = dict(line.split(": ", 1) for line in text.split("\n") if line)
            if "id" in lines:
                self.last = lines["id"]
                data = lines.get("data")
                yield Frame(id=self.last, event=None if data is None else json.loads(data))

    def take(self, count: int) -> list[dict[str, Any]]:
        """The next `count` events."""
        found: list[dict[str, Any]] = []
        for frame in self.frames():
            if frame.event is not None:
                found.append(frame.event)
            if len(found) == count:
                break
        return found

    def _until(self, mark: bytes) -> bytes:
        assert self._socket is not None
        while mark not in self._rest:
            block = self._socket.recv(65536)
            if not block:
                raise EOFError
            self._rest += block
        found, self._rest = self._rest.split(mark, 1)
        return found
