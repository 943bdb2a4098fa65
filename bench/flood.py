"""`python -m bench.flood`: six kelurahan at work, alone (A, and again as control) and beside a flood (B).

The flood: 20 × what one kelurahan may hold at the door, and 50 uploads that send a byte now and then. The three take
turns; what differs between A and A is noise, what differs more between A and B is the flood.
"""

from __future__ import annotations

import http.client
import os
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import urlsplit

from bench import figures
from ekel.demo import factor
from ekel.demo.client import Client
from gateway.bagian.giliran import EACH
from support.system import System
from web.tokens import Signer

ROUNDS, EACH_OFFICE, FLOODERS, UPLOADS = 6, 30, 20 * EACH, 50
OTHERS = ("pancoranmas", "mampang", "depokjaya", "rangkapanjaya", "rangkapanjayabaru", "mekarjaya")
FLOODER, OFFICE = "loket.depok", "3276011006"
PATHS = ("/v1/permohonan", "/v1/layanan", "/v1/tugas")
MILLI = 1000.0


def main() -> None:
    print(f"\n== flood: {FLOODERS} callers and {UPLOADS} slow uploads of one kelurahan, six others at work")
    print(f"   {os.cpu_count()} cores, load average before: {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="ekel-bench-") as place, System(Path(place)) as system:
        where = urlsplit(system.url).netloc
        offices = [_token(system, f"loket.{name}") for name in OTHERS]
        flooder = _token(system, FLOODER)
        grant = Signer(system.settings.key_folder(), "pengajuan").sign(
            "dokumen", 3600, jenis="unggah", kantor=OFFICE
        )
        times: dict[str, list[float]] = {"A": [], "A again": [], "B": []}
        failed, flood = Counter[str](), Counter[int]()
        kinds = list(times)
        for turn in range(ROUNDS + 1):
            for kind in kinds[turn % 3 :] + kinds[: turn % 3]:
                with _flood(where, flooder, grant, flood) if kind == "B" else nullcontext():
                    took, bad = _work(where, offices)
                if turn:  # the first round does not count
                    times[kind] += took
                    failed[kind] += bad
    for kind, took in times.items():
        figures.spread(f"{kind}, {failed[kind]} failed", took)
    print(f"   the flood was answered: {dict(sorted(flood.items()))} (0: no answer)", flush=True)


def _work(where: str, offices: list[str]) -> tuple[list[float], int]:
    """Every office asks one thing after the other; milliseconds, and how many were not a 200."""

    def office(token: str) -> list[tuple[float, int]]:
        found = []
        for number in range(EACH_OFFICE):
            begin = time.monotonic()
            status = _ask(where, PATHS[number % len(PATHS)], token)
            found.append((MILLI * (time.monotonic() - begin), status))
        return found

    with ThreadPoolExecutor(len(offices)) as pool:
        answers = [each for one in pool.map(office, offices) for each in one]
    return [took for took, _ in answers], sum(status not in (200, 403) for _, status in answers)


@contextmanager
def _flood(where: str, token: str, grant: str, told: Counter[int]) -> Iterator[None]:
    stop = threading.Event()

    def hammer() -> None:
        while not stop.is_set():
            told[_ask(where, PATHS[0], token)] += 1

    def dribble() -> None:
        host, _, port = where.partition(":")
        head = f"POST /v1/berkas?syarat=KTP HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        head += f"X-Izin-Unggah: {grant}\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n"
        while not stop.is_set():
            with suppress(OSError), socket.create_connection((host, int(port)), 30) as line:
                line.sendall(head.encode())
                while not stop.wait(0.1):
                    line.sendall(b"x")

    threads = [threading.Thread(target=hammer) for _ in range(FLOODERS)]
    threads += [threading.Thread(target=dribble) for _ in range(UPLOADS)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1.0)  # until it stands
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _ask(where: str, path: str, token: str) -> int:
    connection = http.client.HTTPConnection(where, timeout=60)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    return 0


def _token(system: System, account: str) -> str:
    return str(factor.session(Client(system.url), account)["token"])


if __name__ == "__main__":
    main()
