"""Real servers of the production engines for one test run: started at first use, empty, ended with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.waiting import until
from tools.engines import ENGINES
from tools.engines.brokers import nodes, start_cluster
from tools.engines.replicas import primary, start_set, stop_set
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


def environment(servers: Servers, only: Iterable[str] = ENGINES) -> dict[str, str]:
    """What a system needs to live on these servers."""
    settings = {key: value for name in only for key, value in servers[name].items() if "EKEL_" in key}
    return {"EKEL_ENGINES": "production", **settings}


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[str]:
    """A MongoDB replica set of several nodes; its URL."""
    try:
        yield start_set(folder, count)["EKEL_DOCUMENTS_URL"]
    finally:
        stop_set(folder)


@contextmanager
def brokers(folder: Path, count: int) -> Iterator[str]:
    """A Kafka cluster of several brokers; its URL. At the end they are killed: their data are of no more use."""
    try:
        yield start_cluster(folder, count)["EKEL_EVENTS_URL"]
    finally:
        for node in nodes(folder):
            if running(node):
                os.kill(int(read(node)["pid"]), signal.SIGKILL)


def kill_primary(folder: Path) -> Path:
    """SIGKILL to the node of a set that takes writes now; its folder."""
    node = primary(folder)
    os.kill(int(read(node)["pid"]), signal.SIGKILL)
    until(lambda: not running(node), what="the primary gone")
    return node
