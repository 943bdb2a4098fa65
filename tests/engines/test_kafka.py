"""What only Kafka does: its client's faults and the way out, a broker that goes and comes back, settings, rights."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.ports.errors import LaneLost, Refused, Unavailable
from chassis.ports.events import Consumer, Events
from engines.open import open_events
from support.records import LONG, out, publish, until, values, wait_for
from support.servers import Servers
from tools.engines import server
from tools.engines.kafka import Kafka

kafka = pytest.importorskip(
    "kafka", reason="kafka-python is missing; this brings it: scripts/setup production"
)
pytestmark = [
    pytest.mark.needs_engines,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


class Broker:
    """The broker of this session, to be stopped and killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signal(self, which: signal.Signals) -> None:
        os.kill(server.read(self._folder)["pid"], which)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        wait_for(lambda: not server.running(self._folder))

    def start(self) -> None:
        server.start(Kafka(), self._folder)


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def broker(events: Events, running: Servers) -> Iterator[Broker]:
    folder = running.folder / "kafka"
    broker = Broker(folder)
    yield broker
    if server.running(folder):
        broker.signal(signal.SIGCONT)
    broker.start()


@pytest.fixture
def raw(events_url: str) -> Iterator[Callable[..., Any]]:
    """The client's own producer, with its defaults."""
    made = []

    def make(**settings: Any) -> Any:
        made.append(kafka.KafkaProducer(bootstrap_servers=events_url.removeprefix("kafka://"), **settings))
        return made[-1]

    yield make
    for producer in made:
        producer._sender.force_close()
        producer.close(timeout=1)


@pytest.fixture
def admin(events_url: str) -> Iterator[Any]:
    admin = kafka.KafkaAdminClient(bootstrap_servers=events_url.removeprefix("kafka://"))
    yield admin
    admin.close()


def test_the_fault_of_a_batch_that_expires_after_it_was_sent(broker: Broker, raw: Callable[..., Any]) -> None:
    """If this fails, the client was mended: the deadline in `kafka_out` may go."""
    producer = raw(delivery_timeout_ms=1500, request_timeout_ms=1000, reconnect_backoff_max_ms=1000)
    producer.send("uji.a", b"1").get(LONG)
    broker.signal(signal.SIGSTOP)
    expired = producer.send("uji.a", b"2")
    wait_for(lambda: expired.is_done)
    broker.signal(signal.SIGCONT)

    with pytest.raises(kafka.errors.KafkaTimeoutError, match="Timeout after waiting"):
        producer.send("uji.a", b"3").get(5)


def test_a_broker_that_hangs_is_survived_by_a_new_publisher(events: Events, broker: Broker) -> None:
    publisher = events.publisher()
    publisher.publish([out("uji.a", "1")]).wait(LONG)
    broker.signal(signal.SIGSTOP)
    with pytest.raises(Unavailable):
        publisher.publish([out("uji.a", "2")]).wait(2)
    publisher.close()
    fresh = events.publisher()
    ack = fresh.publish([out("uji.a", "2"), out("uji.a", "3")])
    broker.signal(signal.SIGCONT)

    ack.wait(LONG)
    assert values(events.read("uji.a", 0)) in (["1", "2", "3"], ["1", "2", "2", "3"])


def test_a_batch_outlives_a_pause_longer_than_its_deadline(events: Events, broker: Broker) -> None:
    publisher = events.publisher()
    publisher.publish([out("uji.a", "1")]).wait(LONG)
    broker.signal(signal.SIGSTOP)
    ack = publisher.publish([out("uji.a", "2")])
    with pytest.raises(Unavailable):
        ack.wait(3)
    broker.signal(signal.SIGCONT)

    ack.wait(LONG)
    publisher.publish([out("uji.a", "3")]).wait(LONG)
    assert values(events.read("uji.a", 0)) == ["1", "2", "3"]


def test_the_fault_of_a_refused_record(admin: Any, raw: Callable[..., Any], events: Events) -> None:
    """If this fails, the client was mended: a publisher may live on after an error."""
    small(admin)
    producer = raw()
    with pytest.raises(kafka.errors.MessageSizeTooLargeError):
        producer.send("sempit", b"x" * 5000).get(LONG)

    with pytest.raises(kafka.errors.MessageSizeTooLargeError):
        producer.send("uji.a", b"kecil").get(LONG)


def test_a_refused_record_is_survived_by_a_new_publisher(admin: Any, events: Events) -> None:
    small(admin)
    publisher = events.publisher()
    with pytest.raises(Refused):
        publisher.publish([out("sempit", "x" * 5000)]).wait(LONG)
    publisher.close()
    publish(events, "uji.a", ["kecil"])

    assert values(events.read("uji.a", 0)) == ["kecil"]


def test_a_closed_publisher_leaves_no_thread(events: Events, broker: Broker) -> None:
    before = set(threading.enumerate())
    publisher = events.publisher()
    publisher.publish([out("uji.a", "1")]).wait(LONG)
    broker.signal(signal.SIGSTOP)
    publisher.publish([out("uji.a", "2")])
    publisher.close()

    wait_for(lambda: set(threading.enumerate()) <= before)


def test_a_killed_broker_needs_no_operator(events: Events, broker: Broker) -> None:
    consumer = events.consumer("g", ["uji."])
    publish(events, "uji.a", ["1"])
    seen = until(lambda: events.lag("g", ["uji.a"]) == {"uji.a": 0}, consumer)
    broker.kill()
    with pytest.raises(Unavailable):
        events.ping()
    broker.start()
    publish(events, "uji.a", ["2"])
    while values(seen)[-1] != "2":
        seen += consumer.poll(LONG)
    consumer.commit("uji.a", seen[-1].offset + 1)

    assert values(seen) == ["1", "2"]
    assert events.lag("g", ["uji.a"]) == {"uji.a": 0}
    consumer.close()


def test_a_hung_member_loses_its_lanes_and_cannot_commit(
    events: Events, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engines.production import kafka_in

    monkeypatch.setattr(kafka_in, "GONE", 0.5)
    monkeypatch.setitem(kafka_in.IN, "max_poll_interval_ms", 2000)
    publish(events, "uji.a", range(3))
    hung = events.consumer("g", ["uji."])
    taken = 0
    while taken < 3:
        taken += len(hung.poll(LONG))
    fresh = events.consumer("g", ["uji."])
    until(lambda: "uji.a" in fresh.lanes(), fresh)

    until(lambda: _lost(hung), fresh)
    assert "uji.a" not in hung.lanes()
    hung.close()
    fresh.close()


def test_topics_are_made_as_the_design_says(events: Events, admin: Any) -> None:
    kinds = kafka.admin.ConfigResourceType.TOPIC
    asked = [kafka.admin.ConfigResource(kinds, name) for name in ("uji.a", "acuan")]
    found = admin.describe_configs(asked, config_filter="all")["topic"]

    assert [len(t["partitions"]) for t in admin.describe_topics(["uji.a", "acuan"])] == [1, 1]
    assert found["uji.a"]["cleanup.policy"]["value"] == "delete"
    assert found["uji.a"]["retention.ms"]["value"] == found["uji.a"]["retention.bytes"]["value"] == "-1"
    assert found["acuan"]["cleanup.policy"]["value"] == "compact"
    assert {config["flush.messages"]["value"] for config in found.values()} == {"1"}


def test_an_engine_that_is_away_is_unavailable_and_not_asked_before(events_url: str) -> None:
    (port,) = server.free(1)
    events = open_events(f"kafka://127.0.0.1:{port}")
    consumer = events.consumer("g", ["uji."])

    with pytest.raises(Unavailable):
        events.ping()
    with pytest.raises(Unavailable):
        consumer.poll(LONG)
    consumer.close()
    events.close()


def _lost(consumer: Consumer) -> bool:
    """Whether it is told that its lane is lost; it may hear first that the group is being shared, never that it may."""
    try:
        consumer.commit("uji.a", 3)
    except LaneLost:
        return True
    except Unavailable:
        return False
    pytest.fail("a hung member committed")


def test_the_epoch_is_the_clusters_and_outlives_its_broker(
    events: Events, events_url: str, broker: Broker
) -> None:
    """So a cursor of the stream stays good after a restart, and is refused (410) on a restored cluster."""
    before = events.epoch()
    broker.kill()
    broker.start()
    other = open_events(events_url)

    assert before
    assert other.epoch() == events.epoch() == before
    other.close()


def small(admin: Any) -> None:
    """A topic that takes less than the port allows."""
    configs = {"max.message.bytes": "1000", "flush.messages": "1"}
    options = {"num_partitions": 1, "replication_factor": 1, "configs": configs}
    admin.create_topics({"sempit": options}, wait_for_metadata=True)
