"""Real processes: a worker killed between number and PDF, an http role under twenty large uploads at once."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from chassis.ids import new_id
from support.neighbours import OFFICE
from support.ruang_surat import Ruang
from support.tree import PACKAGES, ROOT
from support.tus import MEDIA, Tus
from support.waiting import until

MB = 1024 * 1024


@contextmanager
def proses(ruang: Ruang, role: str, **extra: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m dokumen <role>` on the room's data; ended by us if it still lives."""
    path = os.pathsep.join(str(PACKAGES[p]) for p in ("chassis", "engines", "web", "runtime", "dokumen"))
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EKEL_")},
        "PYTHONPATH": path,
        "EKEL_ENV": "test",
        "EKEL_DATA": str(ruang.settings.data),
        "EKEL_LOG_LEVEL": "WARNING",
        "EKEL_INTERNAL_BIND": "127.0.0.1:0",
        "EKEL_WORKER_BIND": "127.0.0.1:0",
        **extra,
    }
    command = [sys.executable, "-m", "dokumen", role]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(40)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["number.after_number", "document.after_write", "document.before_write"])
def test_a_worker_killed_on_the_way_ends_with_one_letter_and_one_number(ruang: Ruang, point: str) -> None:
    ruang.acuan()
    ruang._running.__exit__()
    id = new_id()
    ruang.diajukan(id)
    ruang.pribadi(id)
    ruang.disetujui(id)

    with proses(ruang, "worker", EKEL_KILL_AT=f"dokumen-worker:{point}") as killed:
        assert killed.wait(60) == -signal.SIGKILL
    with proses(ruang, "worker"):
        until(
            lambda: ruang.told(id) == ["surat.disiapkan", "surat.diterbitkan"], seconds=120, what="the letter"
        )

    [letter] = ruang.perkara(id)["surat"].values()
    [number] = ruang.app.documents.find("nomor", {"scope": OFFICE})
    assert (number.body["urut"], letter["nomor"][0]["urut"]) == (1, 1)
    assert len([key for key in ruang.objects() if id in key]) == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="PSS is a number of Linux")
def test_twenty_large_uploads_at_once_hardly_need_memory(ruang: Ruang) -> None:
    port = _free_port()
    # All at once: the share of a kelurahan would make it two at a time.
    shares = {"EKEL_UNGGAHAN_PER_KELURAHAN": "20", "EKEL_UNGGAHAN_SEKALIGUS": "20"}
    with proses(ruang, "http", EKEL_HTTP_BIND=f"127.0.0.1:{port}", **shares) as master:
        until(lambda: _listens(port), what="the http role")
        with ThreadPoolExecutor(20) as pool:
            assert set(pool.map(lambda _: _send(ruang, port, 1 * MB), range(20))) == {202}
        pids = [master.pid, *_children(master.pid)]
        before, most = _pss(pids), 0
        with ThreadPoolExecutor(20) as pool:
            sent = [pool.submit(_send, ruang, port, 25 * MB) for _ in range(20)]
            while not all(f.done() for f in sent):
                most = max(most, _pss(pids))
        assert [f.result() for f in sent] == [202] * 20
    # Of 60 for dokumen and gateway together (tests/faults/test_memory.py); the role gives back what it used before.
    assert most - before < 36 * MB, f"{(most - before) / MB:.1f} MB more"


def _send(ruang: Ruang, port: int, size: int) -> int:
    headers: Mapping[str, str] = {
        **ruang.warga(),
        "Idempotency-Key": new_id(),
        "X-Izin-Unggah": ruang.izin(new_id(), maks_byte=30 * MB),
        "Content-Length": str(size),
    }
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request(
        "POST", "/v1/berkas?syarat=KTP", body=iter([b"x" * MB] * (size // MB)), headers=dict(headers)
    )
    status = line.getresponse().status
    line.close()
    return status


def _pss(pids: list[int]) -> int:
    """Bytes of memory that these processes would free together."""
    texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(
        1024 * int(size) for text in texts for size in re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    )


def _children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def test_a_piece_that_dribbles_is_answered_and_what_arrived_is_kept(ruang: Ruang) -> None:
    port, id = _free_port(), new_id()
    with proses(ruang, "http", EKEL_HTTP_BIND=f"127.0.0.1:{port}", EKEL_DETIK_POTONGAN="1"):
        until(lambda: _listens(port), what="the http role")
        client = Tus(f"http://127.0.0.1:{port}", {**ruang.warga(), "X-Izin-Unggah": ruang.izin(id)})
        place = client.begin(200_000)
        told = {**client.headers, "Host": "x", "Upload-Offset": "0", "Content-Type": MEDIA}
        lines = "".join(f"{n}: {v}\r\n" for n, v in (told | {"Content-Length": "200000"}).items())
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(f"PATCH {place} HTTP/1.1\r\n{lines}\r\n".encode() + b"x" * 50_000)
            answer = b""
            while more := line.recv(4096):  # until the server hangs up
                answer += more

        assert answer.startswith(b"HTTP/1.1 408 "), answer[:200]
        assert b"unggahan-lambat" in answer
        assert client.offset(place) == 50_000
