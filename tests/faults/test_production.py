"""The whole system on real servers: demos one by one and at once, while each server is killed and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from chassis.ports.errors import PortError
from support import bukti, lakon
from support.servers import Servers, environment, servers
from support.system import System
from support.waiting import until
from tools.engines import ENGINES

TOGETHER = 10
HURT = ("SKDOM", "SKTM", "SKDOM", "SKTM")  # played while a server dies

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs_engines,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@dataclass(frozen=True, slots=True)
class Town:
    """A running system and the servers it lives on."""

    system: System
    servers: Servers


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with servers(folder / "servers") as started, System(folder / "data", environment(started)) as system:
        yield Town(system, started)


def test_one_demo_of_each_service_and_nothing_is_wrong(town: Town) -> None:
    done = town.system.demo()

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert not list(town.system.folder.glob("**/*.sqlite")), "something lies in a file instead of a server"
    town.system.check()


@pytest.mark.timeout(1200)
def test_a_reduced_day_of_all_services_and_nothing_is_wrong(town: Town) -> None:
    """Twelve kinds of letters, forwarded cases, returns, closed offices: the same day as on embedded engines."""
    asked = ("--url", town.system.url, "--scale", "0.05", "--speed", "2000", "--patience", "240")

    done = town.system.ekel("simulate-day", *asked, seconds=1000)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    town.system.check()


def test_ten_demos_at_once_and_nothing_is_wrong(town: Town) -> None:
    with ThreadPoolExecutor(TOGETHER) as people:
        demos = list(people.map(lambda _: town.system.demo(), range(TOGETHER)))

    assert [demo.returncode for demo in demos] == [0] * TOGETHER, [
        d.stdout[-500:] + d.stderr[-500:] for d in demos
    ]
    town.system.check()


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_works_beside_the_embedded_ones(engine: str, tmp_path: Path) -> None:
    """One is chosen by its URL alone; everything else lies in files of this machine."""
    data = tmp_path / "data"
    with (
        servers(tmp_path / "servers") as started,
        System(data, environment(started, (engine,)) | {"EKEL_ENGINES": "embedded"}) as system,
    ):
        done = system.demo()
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
        system.check()
    assert bool(list(data.glob("pengajuan/*.sqlite"))) is (engine != "mongo")
    assert (data / "log.sqlite").exists() is (engine != "kafka")
    assert bool(list(data.glob("objects/objects/**/*="))) is (engine != "minio")


@pytest.mark.parametrize("engine", ENGINES)
def test_cases_survive_the_death_of_a_server(town: Town, engine: str) -> None:
    """Twice: after the first filing and while the first decisions are made."""
    system = town.system
    calm = lakon.play(system, "SKDOM")
    known = {service: bukti.count(system.settings, service) for service in ("pengajuan", "persetujuan")}
    with ThreadPoolExecutor(len(HURT)) as people:
        playing = [people.submit(lakon.play, system, layanan) for layanan in HURT]
        for service, before in known.items():
            until(partial(_more, system, service, before), seconds=120, what=f"a case in {service}")
            town.servers.kill(engine)
            assert town.servers[engine]
        ids = [one.result() for one in playing]
    lakon.settle(system, calm, *ids)

    stories = [bukti.story(system.settings, id) for id in ids]
    assert stories[0] == stories[2] == bukti.story(system.settings, calm)
    assert stories[1] == stories[3]
    for id in ids:
        assert len(bukti.letters(system.settings, id)) == 1


def _more(system: System, service: str, before: int) -> bool:
    """Whether a service has more cases than before; not known while the server is away."""
    try:
        return bukti.count(system.settings, service) > before
    except PortError:
        return False
