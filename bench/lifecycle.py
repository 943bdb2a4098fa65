"""`python -m bench.lifecycle`: what one application costs, from the 201 to the sealed letter.

All figures are processor time of the system's own processes, so that what else runs on the machine hardly counts; the
floor (`bench.bare`) and ours take turns. `EKEL_BENCH_STORED` names how many applications are in the store before,
`EKEL_BENCH_ENGINES=production` measures on fresh servers, whose own time is told beside the system's.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from bench import cases, figures, ground, processes, stored
from bench.stream import production
from ekel.demo.client import Client
from support.balai import Balai
from support.system import System, children, kill
from support.waiting import until
from web.tokens import Signer

ROUNDS, REQUESTS = 7, 40
STATES, PAPERS, PHOTOS = 120, 30, 8  # cases of each lifecycle
OFFICE = "3276011008"
QUIET = 15  # seconds
AT_REST = 0.35  # of a core, all processes and servers: nobody's work is left
GOALS = {
    "states": 25.0,
    "papers": 10.0,
    "direct": 0.65,
    "gateway": 0.45,
    "stored": 0.9,
    "pss": 400.0,
    "start": 6.0,
}
MILLI = 1000.0


def main() -> None:
    amount = int(os.environ.get("EKEL_BENCH_STORED", "0"))
    engines = os.environ.get("EKEL_BENCH_ENGINES", "embedded")
    ground.heading(f"lifecycle on {engines} engines: {amount} applications in the store before")
    with _ground(engines) as (environment, servers, folder):
        system = System(folder / "data", environment)
        _start(system)
        if amount:
            stored.fill(system.settings, amount, lambda: _refused(system))
        with system:
            hall = Balai(system.url, OFFICE, system.settings.clock().now().date())
            _create(system, hall, environment.get("EKEL_DOCUMENTS_URL") or str(folder / "bare.sqlite"))
            watched = partial(_there, system, servers)
            _lifecycles(hall, servers, watched)
            _latency(hall, watched)
            _memory(system)


@contextmanager
def _ground(engines: str) -> Iterator[tuple[dict[str, str], dict[str, set[int]], Path]]:
    """What the system's environment adds, the servers beside it, and a folder."""
    if engines == "production":
        with ground.servers() as (urls, folder):
            yield production(urls), ground.pids(folder), folder
    else:
        with tempfile.TemporaryDirectory(prefix="ekel-bench-") as place:
            yield {}, {}, Path(place)


def _start(system: System) -> None:
    """The first start makes keys and seeds; the second is what an operator waits for."""
    with system:
        pass
    begin = time.monotonic()
    with system:
        took = time.monotonic() - begin
    print(f"   cold start, every role ready: {took:.1f} s; {_goal('start', took, least=False)}", flush=True)


def _refused(system: System) -> str:
    """One case to its end on a system that is stopped again."""
    with system:
        hall = Balai(system.url, OFFICE, system.settings.clock().now().date())
        id = hall.ajukan(secrets.randbelow(10**6))
        cases.decided(hall, [id])
        until(partial(cases.ended, hall, id), what="its end")
    return id


def _create(system: System, hall: Balai, store: str) -> None:
    """Milliseconds of processor time for one 201: bare, at the service itself, through the gateway.

    Less what each uses when nobody asks (the supervisor's looks at it), so that a slow hour counts no more.
    """
    owner = system.roles()["pengajuan-http"]["public"]
    signer = Signer(system.settings.key_folder(), "gateway")  # as the gateway tells the service who asks
    clerk = {"sub": "loket.pancoranmas", "peran": "petugas_loket", "wilayah": [OFFICE], "sid": "bench"}
    known = Client(owner, signer.sign("layanan", 3600, **clerk), patience=60)
    direct = Balai(owner, OFFICE, hall.hari, {"loket": known})
    ours, door = system.processes("pengajuan-http"), system.processes("gateway-http")
    with _bare(store) as (bare, pids):
        nobody = Balai(bare.url, OFFICE, hall.hari, {"loket": bare})
        still = processes.rest(pids, 5), processes.rest(ours, 5), processes.rest(ours | door, 5)
        ways: dict[str, tuple[Balai, set[int], float]] = {
            "bare": (nobody, pids, still[0]),
            "bare again": (nobody, pids, still[0]),
            "direct": (direct, ours, still[1]),
            "gateway": (hall, ours | door, still[2]),
        }
        found: dict[str, list[float]] = {name: [] for name in ways}
        names = list(ways)
        for turn in range(ROUNDS + 1):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                took = _each(*ways[name])
                if turn:  # the first round does not count
                    found[name].append(took)
    floor = median(found["bare"])
    for name, each in found.items():
        line = f"   create, {name}: {median(each):.2f} ms CPU, ratio {floor / median(each):.2f}"
        print(line + (f"; {_goal(name, floor / median(each))}" if name in GOALS else ""), flush=True)


def _each(hall: Balai, pids: set[int], still: float) -> float:
    before, begin = processes.cpu(pids), time.monotonic()
    for _ in range(REQUESTS):
        hall.ajukan(secrets.randbelow(10**6))
    used = processes.cpu(pids) - before - still * (time.monotonic() - begin)
    return MILLI * used / REQUESTS


@contextmanager
def _bare(store: str) -> Iterator[tuple[Client, set[int]]]:
    """The floor as a process of its own: gunicorn with threads, as the services run."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "--threads", "16"]
    command += [
        "--no-control-socket",
        "--log-level",
        "error",
        f"bench.bare:create('{store}')",
    ]
    with subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1]) as process:
        pids = {process.pid}
        try:
            client = Client(f"http://127.0.0.1:{port}", patience=60)
            until(lambda: client.ask("GET", "/").status == 404, what="the floor")
            pids |= {*children(process.pid)}
            yield client, pids
        finally:
            for pid in pids:
                kill(pid)


def _there(system: System, servers: dict[str, set[int]]) -> dict[str, set[int]]:
    return processes.roles(system) | servers


def _lifecycles(hall: Balai, servers: dict[str, set[int]], watched: processes.Watched) -> None:
    """Whole cases: processor seconds of all processes, less what they use when nothing happens; servers apart."""
    late = _at_rest(watched)
    print(f"   at rest {late:.0f} s after the last of those 201", flush=True)
    idle = processes.rests(watched, 10)
    print(
        f"   idle: {100 * sum(idle[role] for role in idle if role not in servers):.1f} % of a core, all processes",
        flush=True,
    )
    kinds: list[tuple[str, int, Callable[[], None]]] = [
        ("states", STATES, lambda: cases.states(hall, STATES)),
        ("papers", PAPERS, lambda: cases.letters(hall, PAPERS, cases.SMALL)),
        ("photographs", PHOTOS, lambda: cases.letters(hall, PHOTOS, cases.CAMERA)),
    ]
    for name, amount, play in kinds:
        start, earlier = time.monotonic(), processes.used(watched)
        play()
        took = time.monotonic() - start
        now = processes.used(watched)
        used = {role: now[role] - earlier[role] - idle[role] * took for role in now}
        beside = {server: used.pop(server) for server in servers}
        total = sum(used.values())
        said = f"; {_goal(name, amount / total)}" if name in GOALS else ""
        print(
            f"   {name}: {MILLI * total / amount:.0f} ms CPU each, {amount / total:.1f} per CPU second{said}"
        )
        most = sorted(used.items(), key=lambda each: -each[1])[:6]
        print("     " + ", ".join(f"{r} {MILLI * u / amount:.0f}" for r, u in most) + " ms", flush=True)
        if beside:
            print(
                "     servers: "
                + ", ".join(f"{s} {MILLI * u / amount:.0f}" for s, u in beside.items())
                + " ms"
            )


def _at_rest(watched: processes.Watched) -> float:
    """Wait until what was asked for is worked through; the seconds it took, up to five minutes."""
    begin = time.monotonic()
    while time.monotonic() - begin < 300 and sum(processes.rests(watched, 2).values()) > AT_REST:
        pass
    return time.monotonic() - begin


def _latency(hall: Balai, watched: processes.Watched) -> None:
    """The time of a 201 through the gateway while people come at 70 % of what the door takes at most.

    What follows from a 201 comes after it: the work that the first two hundred left is done before the others come.
    """
    begin = time.monotonic()
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: hall.ajukan(secrets.randbelow(10**6)), range(200)))
    most = 200 / (time.monotonic() - begin)
    late = _at_rest(watched)
    print(f"   {most:.0f} filed per second at most; at rest {late:.0f} s after it", flush=True)
    pause, took = 1 / (0.7 * most), []
    start = time.monotonic() + 0.1

    def comes(turn: int) -> float:
        due = start + turn * pause
        time.sleep(max(0.0, due - time.monotonic()))
        hall.ajukan(secrets.randbelow(10**6))
        return MILLI * (time.monotonic() - due)  # from when it was due: a queue counts

    with ThreadPoolExecutor(32) as people:
        took = list(people.map(comes, range(300)))
    figures.spread(f"create through the gateway at 70 % of {most:.0f}/s", took)


def _memory(system: System) -> None:
    """Of all processes, when for a while nobody has asked for anything."""
    time.sleep(QUIET)
    used = {role: processes.pss(pids) for role, pids in processes.roles(system).items()}
    print("   PSS: " + ", ".join(f"{role} {mb:.0f}" for role, mb in sorted(used.items())) + " MB")
    total = sum(used.values())
    print(f"   PSS in all: {total:.0f} MB; {_goal('pss', total, least=False)}", flush=True)


def _goal(name: str, value: float, *, least: bool = True) -> str:
    goal = GOALS[name]
    met = value >= goal if least else value <= goal
    return f"goal {'≥' if least else '≤'} {goal:g}: {'met' if met else 'MISSED'}"


if __name__ == "__main__":
    main()
