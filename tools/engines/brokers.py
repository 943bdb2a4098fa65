"""Kafka as one cluster of several nodes, each a server in a folder of its own: `<folder>/1`, `<folder>/2`, …"""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from tools.engines.kafka import Cluster, Kafka, new_id
from tools.engines.server import PATIENCE, Failed, answers, free, read, running, start, stop

STATE = "cluster.json"


def start_cluster(folder: Path, count: int) -> dict[str, str]:
    """Start the nodes that do not run, wait until all serve; the settings to use it. A cluster keeps its size."""
    cluster = _cluster(folder, count)
    for number in cluster.controllers:
        start(Kafka(number, cluster), folder / str(number))
    deadline = time.monotonic() + PATIENCE
    while silent := [node for node in nodes(folder) if not all(map(answers, read(node)["ports"]))]:
        if time.monotonic() > deadline:
            raise Failed(f"kafka: no service within {PATIENCE:.0f} s; see {silent[0]}/server.log")
        time.sleep(0.1)
    return settings(folder)


def stop_cluster(folder: Path) -> bool:
    """End every node, all at the same time: the last ones could not agree on their leaving. False if none ran."""
    ending = [node for node in nodes(folder) if running(node)]
    for node in ending:
        os.kill(int(read(node)["pid"]), signal.SIGTERM)
    stopped = [stop("kafka", node) for node in ending]
    return any(stopped)


def nodes(folder: Path) -> list[Path]:
    """The folders of the nodes, in the order of their numbers."""
    return sorted((path.parent for path in folder.glob("*/server.json")), key=lambda path: int(path.name))


def settings(folder: Path) -> dict[str, str]:
    """To use the cluster, by any of its nodes."""
    places = ",".join(f"127.0.0.1:{read(node)['ports'][0]}" for node in nodes(folder))
    return {"EKEL_EVENTS_URL": f"kafka://{places}"}


def _cluster(folder: Path, count: int) -> Cluster:
    """As it was made; else its id and all its ports are chosen now, for each node must know the others' first."""
    there = nodes(folder)
    if not there:
        folder.mkdir(parents=True, exist_ok=True)
        ports = free(count * Kafka.ports)
        for number in range(1, count + 1):
            (folder / str(number)).mkdir()
            own = {"ports": ports[(number - 1) * Kafka.ports : number * Kafka.ports]}
            (folder / str(number) / "server.json").write_text(json.dumps(own))
        (folder / STATE).write_text(json.dumps({"id": new_id()}))
        there = nodes(folder)
    if len(there) != count:
        raise Failed(f"kafka: the cluster in {folder} has {len(there)} nodes, not {count}; remove it first")
    id = json.loads((folder / STATE).read_text())["id"]
    return Cluster(id, {int(node.name): int(read(node)["ports"][1]) for node in there})
