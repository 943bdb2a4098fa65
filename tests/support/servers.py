"""Real servers of the production engines for one test run: started at first use, empty, ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.engines import ENGINES
from tools.engines.server import start, stop


class Servers:
    """The settings of servers by name; `folder` holds the data of all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> dict[str, str]:
        return start(ENGINES[name](), self.folder / name)


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """What is asked for runs until the end of the context."""
    try:
        yield Servers(folder)
    finally:
        for name in ENGINES:
            stop(name, folder / name)
