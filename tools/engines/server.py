"""One server on loopback: started detached, found again by a lock that it holds for life, ended when told.

A server's folder holds `server.json` (pid, ports, settings to use it), `server.log`, `lock` and its own data. The
lock is an `flock` on a descriptor the server inherits, so a pid that was given to another process is never killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tools.engines.cache import say

PATIENCE = 60.0  # seconds until a server that does not answer has failed
_children: list[subprocess.Popen[bytes]] = []  # of this process; they may outlive it


class Engine(Protocol):
    """What one kind of server needs to know."""

    name: str
    ports: int  # how many it listens on

    def get(self) -> Path:
        """Fetch or build it; idempotent. Raises `Missing`."""
        ...

    def prepare(self, home: Path, data: Path, ports: Sequence[int]) -> Launch:
        """Write configuration and format `data` where needed; what to run."""
        ...

    def ready(self, data: Path, ports: Sequence[int]) -> bool:
        """Whether it serves; may finish its set-up (a replica set) on the first call that can."""
        ...

    def settings(self, data: Path, ports: Sequence[int]) -> dict[str, str]:
        """Environment variables by which programs find it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """A command and what its environment has beyond ours."""

    command: Sequence[str]
    environment: Mapping[str, str]


class Failed(Exception):
    """A server did not start; its log's end says why."""


def start(engine: Engine, folder: Path, port: int | None = None) -> dict[str, str]:
    """Start it, or find it running; the settings to use it. Ports and data of an earlier start are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    known = read(folder)
    if known and running(folder):
        return dict(known["settings"])
    home = engine.get()
    kept = known.get("ports", [])[: engine.ports]  # of an earlier version it may have been fewer
    ports = [port + n for n in range(engine.ports)] if port else kept + free(engine.ports - len(kept))
    launch = engine.prepare(home, folder, ports)
    begin = time.monotonic()
    process = _spawn(launch, folder)
    settings = engine.settings(folder, ports)
    state = {"pid": process.pid, "ports": ports, "settings": settings}
    (folder / "server.json").write_text(json.dumps(state, indent=1))
    while not engine.ready(folder, ports):
        if process.poll() is not None or time.monotonic() - begin > PATIENCE:
            end = "\n".join((folder / "server.log").read_text(errors="replace").splitlines()[-15:])
            stop(engine.name, folder)
            raise Failed(f"{engine.name} does not serve; the end of {folder}/server.log:\n{end}")
        time.sleep(0.1)
    process.returncode = 0  # it outlives this object, which would warn
    say(engine.name, f"serves after {time.monotonic() - begin:.1f} s, pid {process.pid}")
    return settings


def stop(name: str, folder: Path) -> bool:
    """End it, by SIGKILL after 20 s; False if it did not run."""
    if not running(folder):
        return False
    pid = int(read(folder)["pid"])
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 20
    while running(folder):
        if time.monotonic() > deadline:
            say(name, f"does not end, killing {pid}")
            os.kill(pid, signal.SIGKILL)
            deadline += 20
        time.sleep(0.05)
    for child in [child for child in _children if child.pid == pid]:
        child.wait()
        _children.remove(child)
    return True


def running(folder: Path) -> bool:
    """Whether a process that we started holds the lock of this folder."""
    try:
        probe = os.open(folder / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(probe)
    return False


def read(folder: Path) -> dict[str, Any]:
    """The state of the last start; empty if there was none."""
    try:
        state: dict[str, Any] = json.loads((folder / "server.json").read_text())
    except FileNotFoundError:
        return {}
    return state


def answers(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free(count: int) -> list[int]:
    """Ports nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _spawn(launch: Launch, folder: Path) -> subprocess.Popen[bytes]:
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with (folder / "server.log").open("ab") as log:
            process = subprocess.Popen(
                list(launch.command),
                env={**os.environ, **launch.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[lock],
                start_new_session=True,
            )
    finally:
        os.close(lock)
    _children[:] = [*(child for child in _children if child.poll() is None), process]
    return process
