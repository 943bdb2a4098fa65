"""A role in an interpreter of its own, on listening sockets that are open already: the code as it is on disk now."""

from __future__ import annotations

import importlib
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from ekel.up import child
from ekel.up.plan import Role
from runtime.serve import Sockets

NONE = "-"  # where a role has no public socket


def start(role: Role, logs: Path) -> int:
    """Start it; its pid. It shares the public socket with whoever answers there at present."""
    command = ["-m", "ekel.up.fresh", role.name, _number(role.sockets.public), _number(role.sockets.internal)]
    listeners = [each for each in (role.sockets.public, role.sockets.internal) if each is not None]
    return run(command, logs / f"{role.name}.log", listeners)


def run(command: Sequence[str], log: Path, listeners: Sequence[socket.socket] = ()) -> int:
    """A Python with these arguments and sockets, that ends with its parent; its pid."""

    def main() -> None:
        for each in listeners:
            each.set_inheritable(True)
        os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 - no shell is meant

    return child.spawn(main, log)


def _number(listener: socket.socket | None) -> str:
    return NONE if listener is None else str(listener.fileno())


def main(arguments: Sequence[str]) -> None:
    """`ROLE PUBLIC INTERNAL`: the numbers of two inherited sockets."""
    name, public, internal = arguments
    os.environ["EKEL_ROLE"] = name
    roles = importlib.import_module(f"{name.partition('-')[0]}.roles").roles
    door = None if public == NONE else socket.socket(fileno=int(public))
    roles[name](Sockets(door, socket.socket(fileno=int(internal))))


if __name__ == "__main__":
    main(sys.argv[1:])
