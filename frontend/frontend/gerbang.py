"""The gateway as the pages see it: JSON in and out, problems as exceptions with words for people."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import IO, Any
from urllib.parse import urlencode

import urllib3

LAGI = 2  # times that a request is sent again which found no place free
SEBENTAR = 1.0, 1.5  # seconds until then: who was refused together does not come back together
MENUNGGU = 8  # threads that may wait so: the others go on, whatever one kelurahan's service does
_PENUH = b":sedang-sibuk"


@dataclass(frozen=True, slots=True)
class Jawaban:
    """`data` is the parsed JSON body, or None when there is none."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.content) if self.content else None

    @property
    def etag(self) -> str:
        return self.headers.get("ETag", "")


@dataclass(slots=True)
class Masalah(Exception):
    """A refusal of the gateway (RFC 9457): `slug` is stable, `pesan` is for people, `galat` by field id."""

    status: int
    slug: str
    judul: str
    pesan: str
    galat: Mapping[str, str] = field(default_factory=dict)
    tunggu: int = 0
    """Seconds after which to try again; 0 when nothing was said."""


class Terputus(Exception):
    """The gateway did not answer."""


class Gerbang:
    """One pool of connections for all threads of a process. `pengunjung` gives the headers that say who looks."""

    def __init__(
        self, url: str, detik: float, pengunjung: Callable[[], Mapping[str, str]] = dict, lagi: int = LAGI
    ) -> None:
        self.url, self._pengunjung, self._lagi = url, pengunjung, lagi
        self._menunggu = BoundedSemaphore(MENUNGGU)
        self._pool = urllib3.PoolManager(maxsize=16, block=False, timeout=detik, retries=False)

    def minta(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        isi: object = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Jawaban:
        """The answer of a success. Raises `Masalah`, `Terputus`."""
        body = None if isi is None else json.dumps(isi).encode()
        sent = {"Accept": "application/json", **_bearer(token), **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        answer = self._send(method, _with(path, query or {}), body, sent)
        return _checked(Jawaban(answer.status, answer.headers, answer.data))

    def kirim(
        self, method: str, path: str, *, token: str, badan: IO[bytes] | bytes, headers: Mapping[str, str]
    ) -> Jawaban:
        """As `minta`, with a body of bytes that is passed on as it is read; refusals are answers too."""
        answer = self._send(method, path, badan, {**_bearer(token), **headers})
        return Jawaban(answer.status, answer.headers, answer.data)

    def alirkan(self, path: str, *, token: str) -> tuple[Jawaban, Iterable[bytes]]:
        """A body in pieces, for letters and pictures. Raises `Masalah`, `Terputus`."""
        answer = self._send("GET", path, None, _bearer(token), stream=True)
        if answer.status >= 400:
            _checked(Jawaban(answer.status, answer.headers, answer.data))
        return Jawaban(answer.status, answer.headers, b""), answer.stream(64 * 1024)

    def _send(
        self, method: str, path: str, body: Any, headers: Mapping[str, str], stream: bool = False
    ) -> Any:
        """What the gateway answers; who only had to wait for a place does not see it, unless the body is used up."""
        left = self._lagi if body is None or isinstance(body, bytes) else 0
        while True:
            try:
                answer = self._pool.request(
                    method,
                    self.url + path,
                    body=body,
                    headers={**headers, **self._pengunjung()},
                    preload_content=not stream,
                    redirect=False,
                )
            except urllib3.exceptions.HTTPError as error:
                raise Terputus(type(error).__name__) from error
            if not left or not _full(answer) or not self._menunggu.acquire(blocking=False):
                return answer
            try:
                time.sleep(random.uniform(*SEBENTAR))  # noqa: S311 - no secret
            finally:
                self._menunggu.release()
            left -= 1


def _full(answer: urllib3.BaseHTTPResponse) -> bool:
    """No place was free: the gateway refused before anything was done, so that any method may be sent again."""
    return answer.status == 503 and _PENUH in answer.data


def _with(path: str, query: Mapping[str, str]) -> str:
    given = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _checked(answer: Jawaban) -> Jawaban:
    if answer.status < 400:
        return answer
    try:
        problem = json.loads(answer.content)
        slug = str(problem["type"]).rsplit(":", 1)[-1]
    except (ValueError, KeyError, TypeError):
        raise Terputus(f"answered {answer.status} without a problem") from None
    raise Masalah(
        status=answer.status,
        slug=slug,
        judul=str(problem.get("title", "")),
        pesan=str(problem.get("detail") or problem.get("title", "")),
        galat={_field(e["pointer"]): str(e["detail"]) for e in problem.get("errors", ())},
        tunggu=int(answer.headers.get("Retry-After", "0") or 0),
    )


def _field(pointer: str) -> str:
    """`/jawaban/nik` → `nik`; other pointers keep their path with dots."""
    parts = [p.replace("~1", "/").replace("~0", "~") for p in pointer.strip("/").split("/")]
    return ".".join(parts[1:] if parts[0] == "jawaban" else parts)
