"""The whole system on a MongoDB set of three that loses its primary, and again the one that replaced it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from chassis.ports.errors import PortError
from support import bukti
from support.servers import cluster, environment, kill_primary, servers
from support.system import System
from support.waiting import until
from tools.engines.replicas import primary, start_set

TOGETHER, NODES = 10, 3
PATIENCE = "90"  # seconds in which a demo repeats a request that found its service away

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs_engines,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@dataclass(frozen=True, slots=True)
class Town:
    """A running system and the folder of the set that its documents are in."""

    system: System
    nodes: Path


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with cluster(folder / "set", NODES) as url, servers(folder / "servers") as started:
        settings = environment(started, ("kafka", "minio")) | {"EKEL_DOCUMENTS_URL": url}
        with System(folder / "data", settings) as system:
            yield Town(system, folder / "set")


def test_ten_demos_survive_the_loss_of_two_primaries(town: Town) -> None:
    """The first dies while applications are filed, the second, when the first is back, while they are decided."""
    system = town.system
    known = {service: _cases(system, service) for service in ("pengajuan", "persetujuan")}
    with ThreadPoolExecutor(TOGETHER) as people:
        demos = [people.submit(system.ekel, "demo", "--patience", PATIENCE) for _ in range(TOGETHER)]
        for service, before in known.items():
            until(partial(_more, system, service, before), seconds=120, what=f"a case in {service}")
            assert not any(demo.done() for demo in demos)
            lost = kill_primary(town.nodes)
            until(partial(_replaced, town.nodes, lost), what="another primary")
            start_set(town.nodes, NODES)
    _all_ended_well(demos)
    system.check()


def _more(system: System, service: str, before: int) -> bool:
    return _cases(system, service) > before


def _replaced(nodes: Path, lost: Path) -> bool:
    return primary(nodes) != lost


def _all_ended_well(demos: list[Future[subprocess.CompletedProcess[str]]]) -> None:
    ended = [demo.result() for demo in demos]
    assert [demo.returncode for demo in ended] == [0] * TOGETHER, [
        demo.stdout[-500:] + demo.stderr[-1500:] for demo in ended if demo.returncode
    ]


def _cases(system: System, service: str) -> int:
    """How many cases a service has; -1, less than any, while the set has no primary."""
    try:
        return bukti.count(system.settings, service)
    except PortError:
        return -1
