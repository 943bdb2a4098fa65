"""A flood of one kelurahan stays its own: refused with the right Retry-After; the other six keep their service."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from gateway.bagian.giliran import AT_SERVICE, EACH, LINGER, THREADS
from gateway.bagian.sekring import FAILURES
from gateway.bootstrap import App
from gateway.settings import Settings
from runtime.serve import THREADS as BEHIND
from support.either import environment, on_either
from support.peristiwa import Writer
from support.waiting import until
from web.tokens import Signer

PROGRAM = Path(__file__).with_name("pintu.py")
DEPOK = "3276011006"
OTHERS = ("pancoranmas", "mampang", "depokjaya", "rangkapanjaya", "rangkapanjayabaru", "mekarjaya")
SignIn = Callable[[str], dict[str, str]]


@dataclass(slots=True)
class Gate:
    """gateway-http as a process."""

    port: int
    told: Counter[int] = field(default_factory=Counter)
    waits: set[str] = field(default_factory=set)

    def ask(
        self,
        path: str,
        headers: dict[str, str],
        *,
        seconds: float = 60,
        method: str = "GET",
        body: Any = None,
    ) -> int:
        """The status; 0 when there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        with closing(connection), suppress(OSError, http.client.HTTPException):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            self.told[answer.status] += 1
            if answer.status in {429, 503}:
                self.waits.add(answer.headers["Retry-After"])
            return answer.status
        return 0


@pytest.fixture
def start(settings: Settings, behind: Any, tmp_path: Path) -> Iterator[Callable[..., Gate]]:
    running: list[subprocess.Popen[bytes]] = []
    env = {
        **os.environ,
        "PYTHONPATH": ":".join(sys.path),
        "EKEL_ENV": "test",
        "EKEL_DATA": str(tmp_path),
        "EKEL_KEYS": str(behind.keys),
        "EKEL_UPSTREAM_READ": "1",
        **{f"EKEL_UPSTREAM_{n}": behind.url for n in ("PENGAJUAN", "DOKUMEN", "PERSETUJUAN", "NOTIFIKASI")},
        **environment(settings),
    }

    def one(**settings: str) -> Gate:
        place = tmp_path / f"pintu-{len(running)}"
        running.append(subprocess.Popen([sys.executable, str(PROGRAM), str(place)], env={**env, **settings}))
        until(place.exists, what="its ports")
        return Gate(int(place.read_text().split()[0]))

    yield one
    for process in running:
        process.terminate()
    for process in running:
        process.wait(60)


@on_either("settings")
def test_a_flood_of_one_kelurahan_fails_no_request_of_the_others(
    start: Callable[..., Gate], people: App, staff: SignIn, behind: Any
) -> None:
    gate, flood, calm = start(), Gate(0), Gate(0)
    flood.port = calm.port = gate.port
    flooder, neighbours = staff("loket.depok"), [staff(f"loket.{name}") for name in OTHERS]
    stop = threading.Event()
    grant = Signer(behind.keys, "pengajuan").sign("dokumen", 600, jenis="unggah", kantor=DEPOK)

    def hammer(path: str) -> None:
        while not stop.is_set():
            flood.ask(path, flooder)

    def dribble() -> None:
        while not stop.is_set():
            with suppress(OSError), socket.create_connection(("127.0.0.1", gate.port), 30) as line:
                head = f"POST /v1/berkas HTTP/1.1\r\nHost: x\r\nAuthorization: {flooder['Authorization']}\r\n"
                line.sendall(f"{head}X-Izin-Unggah: {grant}\r\nContent-Length: 1000000\r\n\r\n".encode())
                while not stop.wait(0.1):
                    line.sendall(b"x")

    with ThreadPoolExecutor(20 * EACH + 50 + 8) as pool:
        for turn in range(20 * EACH):  # a third hang until the gateway gives up, the rest are only slow
            pool.submit(hammer, "/v1/tugas?detik=30" if turn % 3 == 0 else "/v1/permohonan/a")
        for _ in range(50):
            pool.submit(dribble)
        try:
            until(lambda: flood.told[503] > 50, what="the flood is refused")
            asked = [
                pool.submit(calm.ask, path, headers)
                for _ in range(20)
                for headers in neighbours
                for path in ("/v1/permohonan/b", "/v1/tugas?detik=0")
            ]
            answers = Counter(each.result() for each in asked)
        finally:
            stop.set()

    assert answers == {200: 20 * 2 * len(OTHERS)}
    assert flood.told[200] > 0
    assert all(1 <= int(wait) <= 30 for wait in flood.waits)


def test_a_service_that_hangs_for_one_kelurahan_is_not_asked_for_it_and_still_for_others(
    start: Callable[..., Gate], people: App, staff: SignIn
) -> None:
    gate, one, other = start(), staff("loket.depok"), staff("loket.mampang")
    answers = [gate.ask("/v1/tugas?detik=5", one) for _ in range(FAILURES + 1)]

    assert answers[0] == 504
    assert answers[-1] == 503
    assert all(1 <= int(wait) <= LINGER for wait in gate.waits)
    assert gate.ask("/v1/tugas?detik=0", other) == 200
    assert gate.ask("/v1/permohonan", one) == 200


@on_either("settings")
def test_two_gateways_let_pass_what_one_may(start: Callable[..., Gate], people: App, staff: SignIn) -> None:
    gates = [start(EKEL_SHARE_REQUESTS="50") for _ in range(2)]
    headers = staff("loket.depok")
    until(lambda: {gate.ask("/v1/permohonan", headers) for gate in gates for _ in range(30)} >= {429})
    assert all(1 <= int(wait) <= 10 for gate in gates for wait in gate.waits)
    assert gates[0].ask("/v1/permohonan", staff("loket.mampang")) == 200


@on_either("settings")
def test_a_resident_counts_for_the_kelurahan_of_the_application_he_opened(
    app: App, resident: SignIn, people: App
) -> None:
    from gateway.bagian.pemilik import UNKNOWN, Owners
    from gateway.pantau.statistik.proyeksi import Projector

    case = "01990000-0000-7000-8000-00000000000a"
    writer = Writer(app.events())
    writer.send(writer.record(DEPOK, case, "pengajuan.permohonan.diajukan"))
    Projector(app.documents, app.events(), app.contracts, app.clock.zone).step()
    session = resident("warga@warga.example")["Authorization"].removeprefix("Bearer ")
    environ = {
        "HTTP_AUTHORIZATION": f"Bearer {app.exchange.swap(session).token}",
        "PATH_INFO": f"/v1/permohonan/{case}",
    }
    owners = Owners(app.verifier, app.documents, lambda _: "192.0.2.1")

    assert owners.of(environ).name == UNKNOWN
    owners.saw(environ, 404)  # somebody else's application is not his kelurahan's burden
    assert owners.of(environ).name == UNKNOWN
    owners.saw(environ, 200)
    assert owners.of(environ).name == DEPOK
    assert owners.of({"PATH_INFO": "/v1/layanan"}).alone == "alamat:192.0.2.1"


def test_a_kelurahan_may_hold_a_quarter_of_the_threads() -> None:
    assert (4 * EACH, 4 * AT_SERVICE) == (THREADS, BEHIND)
