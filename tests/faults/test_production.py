"""The whole system on real servers: demos one by one and at once, while each server is killed and comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from chassis.ports.errors import PortError
from support import bukti, lakon
from support.servers import Servers, environment, servers
from support.system import System
from support.waiting import until
from tools.engines import ENGINES

TOGETHER = 10
# What dies and when: by the cases that a service has got since the demos began, of the twenty they bring.
DEATHS = (
    ("kafka", "pengajuan", 1),
    ("minio", "pengajuan", 4),
    ("mongo", "pengajuan", 8),
    ("kafka", "persetujuan", 1),
    ("minio", "persetujuan", 8),
    ("mongo", "persetujuan", 15),
)

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
def test_ten_demos_at_once_and_nothing_is_wrong(town: Town) -> None:
    with ThreadPoolExecutor(TOGETHER) as people:
        demos = [people.submit(town.system.demo) for _ in range(TOGETHER)]

    _all_ended_well(demos)
    town.system.check()


@pytest.mark.timeout(1200)
def test_ten_demos_at_once_survive_the_death_of_each_server_twice(town: Town) -> None:
    """Each case has one letter and is told as those that met no fault, of the demos before."""
    system, known = town.system, bukti.filed(town.system.settings)
    before = {service: bukti.count(system.settings, service) for service in ("pengajuan", "persetujuan")}
    with ThreadPoolExecutor(TOGETHER) as people:
        demos = [people.submit(system.demo) for _ in range(TOGETHER)]
        for engine, service, more in DEATHS:
            count = before[service] + more
            until(partial(_has, system, service, count), seconds=300, what=f"{count} cases in {service}")
            assert not all(demo.done() for demo in demos)
            town.servers.kill(engine)
            assert town.servers[engine]
    _all_ended_well(demos)
    system.check()

    cases = bukti.filed(system.settings)
    new = Counter(kind for id, kind in cases.items() if id not in known)
    assert new == {"SKDOM": TOGETHER, "SKTM": TOGETHER}
    stories = {(kind, *sorted(bukti.story(system.settings, id).items())) for id, kind in cases.items()}
    assert len(stories) == 2, stories
    assert {len(bukti.letters(system.settings, id)) for id in cases} == {1}


@pytest.mark.timeout(1200)
def test_a_reduced_day_of_all_services_and_nothing_is_wrong(town: Town) -> None:
    """Twelve kinds of letters, forwarded cases, returns, closed offices: the same day as on embedded engines."""
    asked = ("--url", town.system.url, "--scale", "0.05", "--speed", "2000", "--patience", "240")

    done = town.system.ekel("simulate-day", *asked, seconds=1000)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
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


def test_a_backup_comes_back_on_empty_servers_as_another_history(town: Town, tmp_path: Path) -> None:
    """The last: it stops the town. Its workers must rest for a backup, and what comes back is told apart by readers."""
    system, before = town.system, town.system.check()["hash"]
    stream = ("/v1/peristiwa", {"wilayah": lakon.AREA, "limit": "1"})
    cursor = lakon.sign_in(system, lakon.READER).get(stream[0], **stream[1])["cursor"]
    key = ("--key", str(tmp_path / "key"))
    assert system.ekel("backup", "key", key[1]).returncode == 0
    make = ("backup", "make", str(tmp_path / "data.ekel"), *key, "--erasures", str(tmp_path / "ledger"))
    busy = system.ekel(*make)
    assert busy.returncode == 2
    assert "stop the workers" in busy.stderr
    system.stop()

    for done in (
        system.ekel(*make),
        system.ekel("backup", "make", str(tmp_path / "keys.ekel"), *key, "--keys"),
    ):
        assert done.returncode == 0, done.stderr
    with servers(tmp_path / "servers") as fresh:
        again = System(tmp_path / "data", environment(fresh))
        restore = ("restore", str(tmp_path / "data.ekel"), *key, "--erasures", str(tmp_path / "ledger"))
        no_keys, keys = again.ekel(*restore), again.ekel("restore", str(tmp_path / "keys.ekel"), *key)
        back, twice = again.ekel(*restore), again.ekel(*restore)
        assert [d.returncode for d in (no_keys, keys, back, twice)] == [2, 0, 0, 2], back.stderr
        assert "restore into empty servers only" in twice.stderr
        with again:
            assert again.check()["hash"] == before
            reader = lakon.sign_in(again, lakon.READER)
            assert reader.ask("GET", f"{stream[0]}?wilayah={lakon.AREA}&cursor={cursor}").status == 410
            assert reader.get(stream[0], **stream[1])["peristiwa"]


def _all_ended_well(demos: list[Future[CompletedProcess[str]]]) -> None:
    ended = [demo.result() for demo in demos]
    assert [demo.returncode for demo in ended] == [0] * TOGETHER, [
        demo.stdout[-500:] + demo.stderr[-1500:] for demo in ended if demo.returncode
    ]


def _has(system: System, service: str, count: int) -> bool:
    """Whether a service has so many cases; not known while the server is away."""
    try:
        return bukti.count(system.settings, service) >= count
    except PortError:
        return False
