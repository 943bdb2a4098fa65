"""Real servers of the production engines for one test run: started at first use, empty, ended with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.waiting import until
from tools.engines import ENGINES
from tools.engines.mongo import Mongo, initiate, url, writable
from tools.engines.server import read, running, start, stop


class Servers:
    """The settings of servers by name; `folder` holds the data of all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> dict[str, str]:
        return start(ENGINES[name](), self.folder / name)

    def kill(self, name: str) -> None:
        """SIGKILL; what it acknowledged is on its disk."""
        os.kill(int(read(self.folder / name)["pid"]), signal.SIGKILL)
        until(lambda: not running(self.folder / name), what=f"{name} gone")


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """What is asked for runs until the end of the context."""
    try:
        yield Servers(folder)
    finally:
        for name in ENGINES:
            stop(name, folder / name)


def environment(servers: Servers) -> dict[str, str]:
    """What a system needs to live on these servers."""
    settings = {key: value for name in ENGINES for key, value in servers[name].items() if "EKEL_" in key}
    return {"EKEL_ENGINES": "production", **settings}


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[tuple[str, list[Path]]]:
    """A MongoDB replica set of several nodes: its URL and the folder of each node."""
    nodes = [folder / str(number) for number in range(count)]
    try:
        for node in nodes:
            start(Mongo(alone=False), node)
        ports = [int(read(node)["ports"][0]) for node in nodes]
        initiate(ports)
        until(lambda: writable(url(ports)))
        yield url(ports), nodes
    finally:
        for node in nodes:
            stop("mongo", node)
