"""What is to run: the roles, the sockets they listen on and the environment they share."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.serve import Sockets, listen

DEPLOYABLES = ("pengajuan", "dokumen", "persetujuan", "notifikasi", "gateway")
PAGES = "frontend"  # one front end of possibly many: it keeps nothing and has no key
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The three that people and clients type; 0 is given by the system."""

    gateway: int
    stream: int
    pages: int


def roles(ports: Ports) -> list[Role]:
    """All roles in the order of their start. Raises OSError if one of the ports is taken.

    Only these three are fixed; the others are given by the system and told in `run/roles.json`.
    """
    door, streams, pages = (listen(f"{HOST}:{p}") for p in (ports.gateway, ports.stream, ports.pages))
    found = []
    for deployable in (*DEPLOYABLES, PAGES):
        known: Mapping[str, Callable[[Sockets], None]] = importlib.import_module(f"{deployable}.roles").roles
        for name, main in known.items():
            public = None
            if name.endswith("-http"):
                public = {"gateway": door, PAGES: pages}.get(deployable) or listen(f"{HOST}:0")
            elif name == "gateway-pantau":
                public = streams
            found.append(Role(name, Sockets(public, listen(f"{HOST}:0")), main))
    return found


def environment(planned: list[Role], data: Path) -> None:
    """Tell the children where everything is; they read it after the fork."""
    os.environ["EKEL_DATA"] = str(data)
    for role in planned:
        deployable, _, kind = role.name.partition("-")
        if kind == "http" and deployable not in ("gateway", PAGES):
            os.environ[f"EKEL_UPSTREAM_{deployable.upper()}"] = str(role.public)
        if role.name == "gateway-http":
            os.environ.setdefault("EKEL_SITE_URL", str(role.public))
            os.environ["EKEL_GATEWAY_URL"] = str(role.public)
        if deployable == PAGES:
            os.environ.setdefault("EKEL_PAGES_URL", str(role.public))
        if role.name == "gateway-pantau":
            os.environ.setdefault("EKEL_STREAM_URL", str(role.public))
