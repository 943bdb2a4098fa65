"""Replace processes one after the other: the new one is ready beside the old before the old one is asked to go.

`ekel restart` leaves a wish in `run/restart.json`, `{"id", "roles"}`; the outcome is in `run/restarted.json`,
`{"id", "failed"}`. The stores are migrated first, by the code on disk. If a new process does not become ready, the
old one stays and nothing more is replaced.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ekel.up import fresh
from ekel.up.plan import HOST, Role
from ekel.up.supervisor import GRACE, Running, Supervisor, ended, ready
from runtime.serve import Sockets, listen

WISH, OUTCOME = "restart.json", "restarted.json"
PATIENCE = 300.0  # seconds for a new process to become ready


class Failed(Exception):
    """The text names the role, or the preparation, and where to read more."""


class Rolling:
    """`step` is called in the supervisor's round and never waits."""

    def __init__(self, supervisor: Supervisor, data: Path, *, demo: bool) -> None:
        self._supervisor, self._demo = supervisor, demo
        self._run, self._logs = data / "run", data / "log"
        self._work: Iterator[None] | None = None
        (self._run / WISH).unlink(missing_ok=True)  # of a supervisor that was killed

    def step(self) -> bool:
        """Go on with what is wished; whether something is under way."""
        if self._work is None and (self._run / WISH).exists():
            wish = json.loads((self._run / WISH).read_text())
            self._work = self._whole(wish["id"], wish["roles"])
        if self._work is not None and next(self._work, self) is self:
            self._work = None
        return self._work is not None

    def _whole(self, wish: str, names: Sequence[str]) -> Iterator[None]:
        failed = ""
        try:
            yield from self._migrated()
            for one in self._supervisor.running:
                if one.role.name in names:
                    yield from self._replaced(one)
        except Failed as error:
            failed = str(error)
        (self._run / OUTCOME).write_text(json.dumps({"id": wish, "failed": failed}))
        (self._run / WISH).unlink()

    def _migrated(self) -> Iterator[None]:
        log = self._logs / "seed.log"
        arguments = ["-m", "ekel", "seed", "--reference", *(["--demo"] if self._demo else [])]
        pid = fresh.run(arguments, log)
        while (status := os.waitpid(pid, os.WNOHANG))[0] == 0:
            yield
        if status[1]:
            raise Failed(f"preparing the stores failed, nothing was replaced: {log}")
        for one in self._supervisor.running:
            one.renewed = True  # this supervisor's code may be older than the stores are now

    def _replaced(self, old: Running) -> Iterator[None]:
        role = Role(old.role.name, Sockets(old.role.sockets.public, listen(f"{HOST}:0")), old.role.main)
        new = Running(role, renewed=True)
        self._supervisor.begin(new)
        self._supervisor.beside.append(new)
        until = time.monotonic() + PATIENCE
        while (state := ready(new.role.internal, 0.5)) not in ("ready", "degraded"):
            yield
            gone = ended(new.pid)
            if gone or time.monotonic() > until:
                new.pid = 0 if gone else new.pid
                yield from self._left(new)
                log = self._logs / f"{role.name}.log"
                raise Failed(f"{role.name} did not become ready, the old one goes on: {log}")
        old.role, new.role = new.role, old.role
        old.pid, new.pid = new.pid, old.pid
        old.since, old.started, old.state, old.quick = new.since, new.started, state, 0
        yield from self._left(new)

    def _left(self, one: Running) -> Iterator[None]:
        """Asked to go, made to go after a while; its internal socket is closed with it."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if one.pid:
                os.kill(one.pid, number)
            until = time.monotonic() + GRACE
            while one.pid and time.monotonic() < until:
                one.pid = 0 if ended(one.pid) else one.pid
                yield
        self._supervisor.beside.remove(one)
        one.role.sockets.internal.close()
