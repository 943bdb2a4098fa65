"""Processes of two releases beside each other on one data folder, as a cluster replaces them: one by one.

Public sockets are held here and shared, so a client sees one address whichever process answers. Each process is an
interpreter of its own, started on a release's own source.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from ekel.up import plan
from runtime.serve import listen
from support.rilis import Release
from support.system import System, answers
from support.tree import ROOT
from support.waiting import until

# What `ekel.up.fresh` does, in words that releases before it understand too.
RUN = """
import importlib, os, socket, sys
from runtime.serve import Sockets
name, *numbers = sys.argv[1:]
os.environ["EKEL_ROLE"] = name
door, inside = (socket.socket(fileno=int(n)) if n != "-" else None for n in numbers)
importlib.import_module(name.partition("-")[0] + ".roles").roles[name](Sockets(door, inside))
"""
LEAVES = 60.0  # seconds in which an old process ends what it has in hand


class Berdampingan(System):
    """Commands (`ekel`, `check`, `demo`) run on today's release; `of` gives those of another."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._planned = {role.name: role for role in plan.roles(plan.Ports(gateway=0, stream=0, pages=0))}
        with patch.dict(os.environ, self.environment):
            plan.environment(list(self._planned.values()), folder)
            self.environment = dict(os.environ)
        self._processes: dict[str, tuple[subprocess.Popen[bytes], socket.socket]] = {}

    @property
    def names(self) -> list[str]:
        return list(self._planned)

    @contextmanager
    def of(self, release: Release) -> Iterator[None]:
        """Within it, what is started and run is of this release."""
        before = self.environment
        self.environment = {**before, **release.environment()}
        try:
            yield
        finally:
            self.environment = before

    def prepare(self) -> None:
        """Keys, stores and reference data, as `ekel up` does before its roles."""
        done = self.ekel("seed", "--reference", "--demo")
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Every role at once; returns when all are ready."""
        for name in self.names:
            self._processes[name] = self._begun(name)
        until(lambda: all(self._ready_at(name) for name in self.names), seconds=240, what="every role ready")

    def replace(self, name: str) -> None:
        """A new process is ready beside the old one before that is asked to go; what it had in hand it ends."""
        old, inside = self._processes[name]
        self._processes[name] = self._begun(name)
        until(lambda: self._ready_at(name), seconds=240, what=f"a new {name} ready")
        assert old.poll() is None, f"the old {name} ended before it was asked to"
        old.send_signal(signal.SIGTERM)
        assert old.wait(LEAVES) == 0, f"the old {name} ended with {old.returncode}"
        inside.close()

    def stop(self) -> int:
        for process, _ in self._processes.values():
            process.terminate()
        for process, inside in self._processes.values():
            process.wait(LEAVES)
            inside.close()
        self._processes.clear()
        for role in self._planned.values():
            for each in (role.sockets.public, role.sockets.internal):
                if each is not None:
                    each.close()
        return 0

    def _begun(self, name: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
        inside, door = listen(f"{plan.HOST}:0"), self._planned[name].sockets.public
        numbers = [str(each.fileno()) if each else "-" for each in (door, inside)]
        command = [sys.executable, "-c", RUN, name, *numbers]
        passed = [each.fileno() for each in (door, inside) if each]
        (self.folder / "log").mkdir(parents=True, exist_ok=True)
        with (self.folder / "log" / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, cwd=ROOT, pass_fds=passed
            )
        self._processes[name] = process, inside
        self._listed_anew()
        return process, inside

    def _ready_at(self, name: str) -> bool:
        process, inside = self._processes[name]
        assert process.poll() is None, (self.folder / "log" / f"{name}.log").read_text()[-3000:]
        return answers(_url(inside))

    def _listed_anew(self) -> None:
        """`run/roles.json` as the supervisor writes it: whole or not at all."""
        listed: Mapping[str, object] = {
            name: {"pid": process.pid, "internal": _url(inside), "public": self._planned[name].public}
            for name, (process, inside) in self._processes.items()
        }
        draft = self.folder / "run" / "roles.json.new"
        draft.parent.mkdir(parents=True, exist_ok=True)
        gateway = self._planned["gateway-http"].public
        draft.write_text(json.dumps({"gateway": gateway, "roles": listed}))
        draft.replace(draft.with_suffix(""))

    @property
    def url(self) -> str:
        return str(self._planned["gateway-http"].public)


def _url(listener: socket.socket) -> str:
    return f"http://{plan.HOST}:{listener.getsockname()[1]}"
