"""Keep the roles running: start, watch, start again with growing pauses, stop cleanly."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from chassis.clock import real_now, rfc3339
from ekel.up import child, fresh
from ekel.up.plan import Role

GRACE = 30.0  # seconds from SIGTERM to SIGKILL
STEADY = 10.0  # seconds after which a start counts as a good one


@dataclass(slots=True)
class Running:
    """One role and its present process; pid 0 while it waits for its next start.

    `renewed`: it starts in an interpreter of its own, from the code on disk (`ekel restart`).
    """

    role: Role
    pid: int = 0
    since: float = 0.0
    started: str = ""
    restarts: int = 0
    quick: int = 0
    next_start: float = 0.0
    state: str = "starting"
    renewed: bool = False


class Supervisor:
    """Single-threaded, so that forking stays safe."""

    def __init__(self, roles: list[Role], data: Path) -> None:
        self.running = [Running(role) for role in roles]
        self.beside: list[Running] = []  # a new process that is not ready, an old one that is leaving
        self.stopping = False
        self._data, self._logs = data, data / "log"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._told = ""

    def handle_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def start(self) -> None:
        """Start what should run now and does not."""
        for one in self.running:
            if one.pid == 0 and not self.stopping and one.next_start <= time.monotonic():
                self.begin(one)
        self._tell()

    def begin(self, one: Running) -> None:
        """Its process."""
        one.pid = (fresh.start if one.renewed else child.fork)(one.role, self._logs)
        one.since, one.started, one.state = time.monotonic(), rfc3339(real_now()), "starting"

    def reap(self) -> list[str]:
        """Names of roles whose process ended since the last look; they start again after a pause."""
        gone = []
        for one in self.running:
            if one.pid and ended(one.pid):
                steady = time.monotonic() - one.since > STEADY
                one.quick = 0 if steady else one.quick + 1
                one.next_start = time.monotonic() + min(10.0, 0.1 * 2 ** min(one.quick, 8))
                one.pid, one.state, one.restarts = 0, "ended", one.restarts + 1
                gone.append(one.role.name)
        return gone

    def waits_for_start(self) -> bool:
        """Whether a role should be started now; a cheap look between two rounds."""
        now = time.monotonic()
        return any(
            _gone_without_reaping(one.pid) if one.pid else one.next_start <= now for one in self.running
        )

    def look(self) -> bool:
        """Ask every role's /readyz; True when all are ready."""
        for one in self.running:
            if one.pid:
                one.state = ready(one.role.internal, 0.2 if one.state == "starting" else 2.0)
        return all(one.state in ("ready", "degraded") for one in self.running)

    def stop(self) -> None:
        """SIGTERM to all, wait, SIGKILL for whoever does not go."""
        self.stopping = True
        for number, patience in ((signal.SIGTERM, GRACE), (signal.SIGKILL, GRACE)):
            for one in self._all():
                if one.pid:
                    os.kill(one.pid, number)
            if self._gone(time.monotonic() + patience):
                break
        (self._data / "run" / "roles.json").unlink(missing_ok=True)

    def _gone(self, deadline: float) -> bool:
        while time.monotonic() < deadline:
            for one in self._all():
                if one.pid and ended(one.pid):
                    one.pid, one.state = 0, "stopped"
            if not any(one.pid for one in self._all()):
                return True
            time.sleep(0.05)
        return False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            for one in self._all():
                if one.pid:
                    os.kill(one.pid, signal.SIGKILL)
        self.stopping = True

    def _all(self) -> list[Running]:
        return [*self.running, *self.beside]

    def _tell(self) -> None:
        """Write run/roles.json, whole or not at all, when something changed."""
        listed = {
            one.role.name: {
                "pid": one.pid,
                "internal": one.role.internal,
                "public": one.role.public,
                "started": one.started,
                "restarts": one.restarts,
            }
            for one in self.running
        }
        text = json.dumps({"gateway": listed["gateway-http"]["public"], "roles": listed}, indent=1)
        if text != self._told:
            draft = self._data / "run" / "roles.json.new"
            draft.write_text(text)
            draft.replace(draft.with_suffix(""))
            self._told = text


def ended(pid: int) -> bool:
    return os.waitpid(pid, os.WNOHANG)[0] != 0


def _gone_without_reaping(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def ready(url: str, patience: float) -> str:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=patience)
    try:
        connection.request("GET", "/readyz")
        return str(json.loads(connection.getresponse().read())["status"])
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return "starting"
    finally:
        connection.close()
