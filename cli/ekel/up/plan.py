"""What is to run: the roles, the sockets they listen on and the environment they share."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.serve import Sockets, listen

DEPLOYABLES = ("pengajuan", "dokumen", "persetujuan", "notifikasi", "gateway")
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Role:
    """One process: its name, its sockets (kept open here) and what it runs after the fork."""

    name: str
    sockets: Sockets
    main: Callable[[Sockets], None]

    @property
    def public(self) -> str | None:
        listener = self.sockets.public
        return None if listener is None else f"http://{HOST}:{listener.getsockname()[1]}"

    @property
    def internal(self) -> str:
        return f"http://{HOST}:{self.sockets.internal.getsockname()[1]}"


def roles(port: int, stream: int) -> list[Role]:
    """All roles in the order of their start. Raises OSError if the port of the gateway or its stream is taken.

    Only these two are fixed; the others are given by the system and told in `run/roles.json`.
    """
    door, streams = listen(f"{HOST}:{port}"), listen(f"{HOST}:{stream}")
    found = []
    for deployable in DEPLOYABLES:
        known: Mapping[str, Callable[[Sockets], None]] = importlib.import_module(f"{deployable}.roles").roles
        for name, main in known.items():
            public = None
            if name.endswith("-http"):
                public = door if deployable == "gateway" else listen(f"{HOST}:0")
            elif name == "gateway-pantau":
                public = streams
            found.append(Role(name, Sockets(public, listen(f"{HOST}:0")), main))
    return found


def environment(planned: list[Role], data: Path) -> None:
    """Tell the children where everything is; they read it after the fork."""
    os.environ["EKEL_DATA"] = str(data)
    for role in planned:
        deployable, _, kind = role.name.partition("-")
        if kind == "http" and deployable != "gateway":
            os.environ[f"EKEL_UPSTREAM_{deployable.upper()}"] = str(role.public)
        if role.name == "gateway-http":
            os.environ.setdefault("EKEL_SITE_URL", str(role.public))
        if role.name == "gateway-pantau":
            os.environ.setdefault("EKEL_STREAM_URL", str(role.public))
