"""A tus client of the least kind: begins, sends pieces, asks where it stands, goes on."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

import urllib3

from chassis.ids import new_id
from support.waiting import until

MEDIA = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}
BUSY = {429, 502, 503, 504}


def metadata(**values: str) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in values.items())


class Tus:
    """Over HTTP; `headers` carry identity and grant. A busy server, or office, is asked again."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self.url, self.headers = url, {**TUS, **headers}
        self._pool = urllib3.PoolManager(maxsize=2, timeout=60, retries=False)

    def begin(self, size: int, syarat: str = "KTP") -> str:
        told = {"Upload-Length": str(size), "Upload-Metadata": metadata(syarat=syarat)}
        answer = self.ask("POST", "/v1/berkas/unggahan", told | {"Idempotency-Key": new_id()})
        assert answer.status == 201, answer.data
        return str(answer.headers["Location"])

    def offset(self, place: str) -> int:
        answer = self.ask("HEAD", place, {})
        assert answer.status == 200, answer.status
        return int(answer.headers["Upload-Offset"])

    def piece(self, place: str, offset: int, content: bytes) -> urllib3.BaseHTTPResponse:
        told = {"Upload-Offset": str(offset), "Content-Type": MEDIA}
        return self.ask("PATCH", place, told, content)

    def rest(self, place: str, content: bytes, size: int) -> str:
        """Send what is missing in pieces of `size`; the paper's path."""
        while True:
            offset = self.offset(place)
            answer = self.piece(place, offset, content[offset : offset + size])
            if answer.status == 204 and "Content-Location" in answer.headers:
                return str(answer.headers["Content-Location"])
            assert answer.status in {204, 409}, answer.data

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> urllib3.BaseHTTPResponse:
        last: list[urllib3.BaseHTTPResponse] = []
        told = {**self.headers, **headers}

        def answered() -> bool:
            try:
                last[:] = [self._pool.request(method, self.url + path, body=body, headers=told)]
            except urllib3.exceptions.HTTPError:  # the door itself is starting again
                return False
            return last[0].status not in BUSY

        until(answered, what=f"{method} {path} answered")
        return last[0]
