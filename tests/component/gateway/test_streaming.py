"""Bodies pass the real process in constant memory, both ways, with and without a length."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support.waiting import until

PROGRAM = Path(__file__).with_name("pintu.py")
MIB = 1024 * 1024
BLOCK = b"0123456789abcdef" * 16384
BLOCKS = 200  # 50 MiB
ALLOWED = 24 * MIB  # what a few bodies of 50 MiB may add to the peak, together

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


@dataclass(frozen=True, slots=True)
class Process:
    """gateway-http running."""

    port: int
    internal: int
    pid: int

    @contextmanager
    def asked(
        self, method: str, path: str, body: Any = None, headers: Any = None, *, port: int = 0
    ) -> Iterator[http.client.HTTPResponse]:
        """One request on a connection of its own; an iterable body without a length goes in chunks."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        with closing(connection):
            connection.request(method, path, body, headers or {})
            with connection.getresponse() as answer:
                yield answer

    def peak(self) -> int:
        """The highest resident memory so far of the process that serves, bytes."""
        return _peak(self.pid)


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


@pytest.fixture(scope="module")
def process(behind: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("pintu")
    env = {
        **os.environ,
        "PYTHONPATH": ":".join(sys.path),
        "EKEL_ENV": "test",
        "EKEL_DATA": str(folder),
        "EKEL_KEYS": str(behind.keys),
        "EKEL_UPSTREAM_READ": "3",
        **{f"EKEL_UPSTREAM_{n}": behind.url for n in ("PENGAJUAN", "DOKUMEN", "PERSETUJUAN", "NOTIFIKASI")},
    }
    with subprocess.Popen([sys.executable, str(PROGRAM), str(folder / "port")], env=env) as running:
        try:
            until((folder / "port").exists)
            public, internal = map(int, (folder / "port").read_text().split())
            yield Process(public, internal, running.pid)
        finally:
            running.terminate()


def _up(process: Process, *, chunked: bool) -> dict[str, Any]:
    headers = {} if chunked else {"Content-Length": str(BLOCKS * len(BLOCK))}
    body = (BLOCK for _ in range(BLOCKS))
    with process.asked("POST", "/v1/berkas?syarat=KTP", body, headers) as answer:
        assert answer.status == 200
        seen: dict[str, Any] = json.loads(answer.read())
        return seen


def _down(process: Process, cara: str) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with process.asked("GET", f"/v1/surat/{BLOCKS}/{cara}") as answer:
        while block := answer.read(65536):
            size += len(block)
            digest.update(block)
    return size, digest.hexdigest()


def _whole() -> tuple[int, str]:
    digest = hashlib.sha256()
    for _ in range(BLOCKS):
        digest.update(BLOCK)
    return BLOCKS * len(BLOCK), digest.hexdigest()


def test_fifty_megabytes_go_up_and_down_in_constant_memory(process: Process) -> None:
    size, digest = _whole()
    with process.asked("POST", "/v1/berkas", b"kecil") as answer:
        assert answer.status == 200
    before = process.peak()

    with ThreadPoolExecutor(2) as pool:
        up = list(pool.map(lambda chunked: _up(process, chunked=chunked), [True, False]))
        down = list(pool.map(lambda cara: _down(process, cara), ["chunked", "length"]))

    assert [(u["size"], u["sha256"]) for u in up] == [(size, digest)] * 2
    assert [u["cara"] for u in up] == ["chunked", ""]
    assert down == [(size, digest)] * 2
    assert process.peak() - before < ALLOWED


def test_an_upload_over_the_limit_is_refused_also_without_a_length(process: Process) -> None:
    with process.asked("POST", "/v1/permohonan", (BLOCK for _ in range(8))) as answer:
        assert answer.status == 413
        assert json.loads(answer.read())["type"].endswith(":terlalu-besar")


def test_a_cut_upload_leaves_the_door_open_for_others(process: Process) -> None:
    for _ in range(20):  # more than there are threads
        with socket.create_connection(("127.0.0.1", process.port)) as plug:
            plug.sendall(
                b"POST /v1/berkas HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000
            )

    def size() -> int | None:
        """None while those that were cut still hold the share of callers without a grant."""
        with process.asked("POST", "/v1/berkas", b"utuh") as answer:
            found: int | None = json.loads(answer.read()).get("size")
            return found

    assert until(size) == 4


@pytest.mark.parametrize("path", ["/v1/berkas?syarat=KTP", "/v1/masuk/petugas"])
def test_a_body_that_is_not_in_chunks_as_announced_is_unreadable(process: Process, path: str) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    with socket.create_connection(("127.0.0.1", process.port), timeout=60) as line:
        line.sendall(f"{head}Content-Type: application/json\r\n\r\nzz\r\n\r\n".encode())
        with line.makefile("rb") as answer:
            assert answer.readline().split()[1] == b"400"


def test_an_answer_that_was_cut_does_not_look_whole(process: Process) -> None:
    with process.asked("GET", "/v1/agenda") as answer:
        assert answer.status == 200
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()


def test_a_kept_connection_serves_many_requests(process: Process) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", process.port, timeout=60)) as connection:
        for number in range(5):
            connection.request("POST", f"/v1/permohonan?n={number}", json.dumps({"n": number}))
            answer = connection.getresponse()
            seen = json.loads(answer.read())
            assert (seen["query"], seen["body"]) == (f"n={number}", json.dumps({"n": number}))
            assert len(answer.headers.get_all("Date", [])) == 1


def test_it_is_ready_with_documents_alone_and_tells_its_figures(process: Process) -> None:
    with process.asked("GET", "/readyz", port=process.internal) as answer:
        assert (answer.status, json.loads(answer.read())["failed"]) == (200, {})
    with process.asked("GET", "/metrics", port=process.internal) as answer:
        text = answer.read().decode()

    assert 'ekel_http_requests_total{method="POST",route="/v1/berkas",service="gateway",status="200"}' in text
