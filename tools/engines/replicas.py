"""MongoDB as one replica set of several nodes, each a server in a folder of its own: `<folder>/1`, `<folder>/2`, …"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from tools.engines.mongo import Mongo, initiate, url, writable
from tools.engines.server import PATIENCE, Failed, read, running, start, stop


def start_set(folder: Path, count: int) -> dict[str, str]:
    """Start the nodes that do not run, make them one set; the settings to use it. A set keeps its size."""
    there = nodes(folder)
    if there and len(there) != count:
        raise Failed(
            f"mongo: the set in {folder} has {len(there)} nodes, not {count}; remove the folder first"
        )
    for number in range(1, count + 1):
        start(Mongo(alone=False), folder / str(number))
    listening, deadline = ports(folder), time.monotonic() + PATIENCE
    while not (initiate(listening) and writable(url(listening))):
        if time.monotonic() > deadline:
            raise Failed(f"mongo: {count} nodes in {folder} chose no primary within {PATIENCE:.0f} s")
        time.sleep(0.2)
    return settings(folder)


def stop_set(folder: Path) -> bool:
    """End every node; False if none ran."""
    ended = [stop("mongo", node) for node in nodes(folder)]
    return any(ended)


def nodes(folder: Path) -> list[Path]:
    """The folders of the nodes, in the order of their numbers."""
    return sorted((path.parent for path in folder.glob("*/server.json")), key=lambda path: int(path.name))


def settings(folder: Path) -> dict[str, str]:
    """To use the set, by any of its nodes."""
    return Mongo().settings(folder, ports(folder))


def ports(folder: Path) -> Sequence[int]:
    """Where they listen, in the same order."""
    return [int(read(node)["ports"][0]) for node in nodes(folder)]


def primary(folder: Path) -> Path:
    """The node that takes writes now. Raises `Failed` while there is none."""
    with MongoClient[dict[str, Any]](url(ports(folder)), timeoutMS=20_000) as client:
        client.admin.command("ping")
        address = client.primary
    for node in nodes(folder):
        if address is not None and running(node) and int(read(node)["ports"][0]) == address[1]:
            return node
    raise Failed(f"mongo: the set in {folder} has no primary")
