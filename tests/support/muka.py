"""A front end by hand beside a running system: a process of its own for one kelurahan, as a README reader starts it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from support.system import System, answers, children, kill
from support.tree import ROOT
from support.waiting import until


@dataclass(slots=True)
class Muka:
    """`url` of its pages."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """SIGKILL to it and its worker; nothing answers at its address any more."""
        for pid in [*children(self.process.pid), self.process.pid]:
            kill(pid)
        self.process.wait(60)


@contextmanager
def muka(sistem: System, kelurahan: str) -> Iterator[Muka]:
    """The pages of one kelurahan, ready; they share the system's keys and nothing else."""
    pages, internal = _free(), _free()
    environment = sistem.environment | {
        "EKEL_GATEWAY_URL": sistem.url,
        "EKEL_KELURAHAN": kelurahan,
        "EKEL_HTTP_BIND": pages,
        "EKEL_INTERNAL_BIND": internal,
    }
    command = [sys.executable, "-m", "frontend", "http"]
    with (sistem.folder / f"muka-{kelurahan}.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    shown = Muka(f"http://{pages}", process)
    try:
        until(lambda: answers(f"http://{internal}"), what=f"the pages of {kelurahan}")
        yield shown
    finally:
        process.terminate()
        process.wait(60)


def _free() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"
