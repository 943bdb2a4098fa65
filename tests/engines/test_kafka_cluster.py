"""A cluster of three brokers: one lost is no trouble; with two lost nothing is acknowledged, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.ports.errors import Unavailable
from chassis.ports.events import Events, Topic
from engines.open import open_events
from support.records import LONG, collect, out, values, wait_for
from support.servers import brokers
from support.shop import Toy
from support.tree import ROOT
from support.waiting import running, until
from tools.engines import server
from tools.engines.brokers import nodes, start_cluster

kafka = pytest.importorskip(
    "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
)
pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
OFFICE, NODES, MANY = "3276011006", 3, 300


class Cluster:
    """Its brokers, to be killed and started again."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.admin = kafka.KafkaAdminClient(bootstrap_servers=url.removeprefix("kafka://").split(","))

    def leader(self, topic: str) -> Path:
        laid = self.admin.describe_topics([topic])[0]["partitions"][0]
        return self.folder / str(laid["leader_id"])

    def kill(self, *killed: Path) -> None:
        for node in killed:
            os.kill(int(server.read(node)["pid"]), signal.SIGKILL)
            wait_for(lambda node=node: not server.running(node))  # type: ignore[misc]

    def whole(self) -> None:
        """Every node serves, and every topic has all its copies in step."""
        start_cluster(self.folder, NODES)
        until(self._in_step, what="copies in step")

    def _in_step(self) -> bool:
        try:
            laid = self.admin.describe_topics([n for n in self.admin.list_topics() if not n.startswith("__")])
        except kafka.errors.KafkaError:
            return False
        return all(len(part["isr_nodes"]) == NODES for topic in laid for part in topic["partitions"])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder, before = tmp_path_factory.mktemp("brokers"), set(threading.enumerate())
    with brokers(folder, NODES) as url:
        cluster = Cluster(folder, url)
        yield cluster
        cluster.admin.close()
        for thread in set(threading.enumerate()) - before:  # of clients that were closed, still ending
            thread.join(LONG / 4)


@pytest.fixture
def events(cluster: Cluster) -> Iterator[Events]:
    events = open_events(cluster.url)
    yield events
    events.close()
    cluster.whole()


@pytest.fixture
def toy(cluster: Cluster, tmp_path: Path) -> Iterator[Toy]:
    from support.kafka import wipe

    wipe(cluster.url)
    toy = Toy(tmp_path, log=cluster.url)
    yield toy
    toy.events.close()
    cluster.whole()


def test_topics_are_made_with_three_copies_of_which_two_must_have_a_record(
    cluster: Cluster, tmp_path: Path
) -> None:
    own = {"EKEL_DATA": str(tmp_path), "EKEL_EVENTS_URL": cluster.url, "EKEL_ENV": "test"}
    command = [sys.executable, "-m", "ekel", "topics", "apply", "--kelurahan", OFFICE]
    done = subprocess.run(command, env={**os.environ, **own}, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

    ours = [name for name in cluster.admin.list_topics() if name.startswith("ekelurahan.")]
    laid = {
        topic["name"]: [len(p["replica_nodes"]) for p in topic["partitions"]]
        for topic in cluster.admin.describe_topics(ours)
    }
    assert len(laid) == 5
    assert set(map(tuple, laid.values())) == {(NODES,)}
    assert {_safety(cluster, name) for name in ours} == {("2", "false")}


def test_a_broker_killed_during_writing_loses_and_doubles_nothing(
    cluster: Cluster, events: Events, start: Any
) -> None:
    """Its topic's leader; another takes over, while the records come one by one."""
    events.ensure([Topic("uji.satu")])
    said: list[str] = []
    writer = start("publish", cluster.url, "uji.satu")
    reading = threading.Thread(target=collect, args=(writer, said))
    reading.start()
    until(lambda: len(said) >= MANY, what="records acknowledged")
    cluster.kill(cluster.leader("uji.satu"))
    before = len(said)
    until(lambda: len(said) >= before + MANY, what="more of them without a broker")
    events.ensure([Topic("uji.baru")])  # an office switched on meanwhile: its topic is as lasting as any
    writer.kill()
    reading.join(LONG)

    there = values(events.read("uji.satu", 0, 100_000))
    assert there[: len(said)] == [line.strip() for line in said]
    assert there == [str(n) for n in range(len(there))]
    events.publisher().publish([out("uji.baru", "1")]).wait(LONG)


def test_services_go_on_in_order_while_brokers_die_one_by_one(cluster: Cluster, toy: Toy) -> None:
    """The first from the beginning on; each of the other two once, when the one before is back."""
    id = new_id()
    with running(toy.relay().run, toy.worker().run):
        for at, node in enumerate(nodes(cluster.folder)):
            toy.sell("north", id, *range(at * 40, at * 40 + 20))
            cluster.kill(node)
            toy.sell("north", id, *range(at * 40 + 20, at * 40 + 40))
            until(lambda at=at: len(toy.numbers("north", id)) == at * 40 + 40, what=f"all, {node.name} away")  # type: ignore[misc]
            cluster.whole()

    assert toy.numbers("north", id) == list(range(120))
    _told_in_order(toy, id, 120)


def test_with_two_brokers_lost_nothing_is_acknowledged_and_all_follows_when_they_are_back(
    cluster: Cluster, toy: Toy
) -> None:
    id, patient = new_id(), toy.events.publisher()
    with running(toy.relay().run, toy.worker().run):
        toy.sell("north", id, *range(30))
        until(lambda: toy.numbers("north", id) == list(range(30)), what="the first ones")
        cluster.kill(*nodes(cluster.folder)[:2])
        toy.sell("north", id, *range(30, 60))
        with pytest.raises(Unavailable):
            patient.publish([out("toy.facts.south", "{}", "1")]).wait(8)
        patient.close()
        assert len(toy.shop.documents.unsent("north", 100)) == 30
        assert toy.numbers("north", id) == list(range(30))

        start_cluster(cluster.folder, NODES)
        until(lambda: len(toy.numbers("north", id)) == 60, what="all of them")
        until(lambda: toy.shop.documents.waiting() == {}, what="an empty outbox")

    assert toy.numbers("north", id) == list(range(60))
    _told_in_order(toy, id, 60)


def _safety(cluster: Cluster, topic: str) -> tuple[str, str]:
    asked = [kafka.admin.ConfigResource(kafka.admin.ConfigResourceType.TOPIC, topic)]
    found = cluster.admin.describe_configs(asked, config_filter="all")["topic"][topic]
    return found["min.insync.replicas"]["value"], found["unclean.leader.election.enable"]["value"]


def _told_in_order(toy: Toy, id: str, count: int) -> None:
    """Without a hole; what was sent again because its acknowledgement was lost stands behind the first of it."""
    told = [int(r.headers["ce_sequence"]) for r in toy.records("north") if r.key == id]
    assert list(dict.fromkeys(told)) == list(range(1, count + 1))
