"""The assignor of our groups on Kafka: a lane that moves is nobody's in between, whatever members claim."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("kafka", reason="kafka-python is missing; this brings it: scripts/setup production")

from kafka import KafkaConsumer, TopicPartition
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.protocol.consumer.metadata import ConsumerProtocolSubscription

from chassis.ports.events import Events, Topic
from engines.production import kafka_in
from engines.production.kafka_lanes import OfficeAssignor
from support.records import until

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
TOPICS = [f"ekelurahan.{family}.v1.{n}" for n in range(4) for family in ("peristiwa", "pribadi")]


@pytest.fixture
def engine() -> str:
    return "production"


def slow(assignor: Any) -> Any:
    """One whose sharing out takes longer than a poll waits."""

    class Slow(assignor):  # type: ignore[misc]
        def assign(self, cluster: Any, members: Any) -> Any:
            time.sleep(0.5)
            return super().assign(cluster, members)

    return Slow


@pytest.mark.needs_engines
def test_the_fault_of_a_join_that_outlasts_a_poll(events: Events, events_url: str) -> None:
    """If this fails, the client was mended: `KafkaMember._joining` may go."""
    own = {"group_id": "g", "partition_assignment_strategy": [slow(CooperativeStickyAssignor)]}
    consumer = KafkaConsumer(bootstrap_servers=events_url.removeprefix("kafka://"), **{**kafka_in.IN, **own})
    consumer.subscribe(pattern="^uji")
    until(lambda: bool(consumer.poll(250)) or len(consumer.assignment()) == 2)
    events.ensure([Topic("uji.baru")])
    for _ in range(24):
        consumer.poll(250)

    assert TopicPartition("uji.baru", 0) not in consumer.assignment()
    consumer.close(autocommit=False)


@pytest.mark.needs_engines
def test_a_join_that_outlasts_a_poll_is_ended(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka_in, "OfficeAssignor", slow(OfficeAssignor))
    consumer = events.consumer("g", ["uji."])
    until(lambda: len(consumer.lanes()) == 2, consumer)
    for n in range(3):
        events.ensure([Topic(f"uji.baru.{n}")])
        until(lambda n=n: len(consumer.lanes()) == 3 + n, consumer)  # type: ignore[misc]
    consumer.close()


class Cluster:
    """What the leader knows of the topics."""

    def __init__(self, topics: list[str]) -> None:
        self._topics = topics

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return {0} if topic in self._topics else None


def member(id: str, owned: list[str], generation: int, topics: list[str] = TOPICS) -> Any:
    """A member as the leader sees it: its metadata went over the wire."""
    assignor = OfficeAssignor(lambda: {TopicPartition(topic, 0) for topic in owned})
    assignor.on_assignment(None, generation)
    sent = assignor.metadata(topics).encode()
    return SimpleNamespace(member_id=id, metadata=ConsumerProtocolSubscription.decode(sent))


def assigned(*members: Any, known: list[str] = TOPICS) -> dict[str, list[str]]:
    plan = OfficeAssignor(set).assign(Cluster(known), members)
    return {id: [lane.topic for lane in each.partitions()] for id, each in plan.items()}


def test_a_lane_that_moves_waits_for_its_owner_to_let_it_go() -> None:
    first = assigned(member("a", TOPICS, 1), member("b", [], -1))

    assert len(first["a"]) == 4
    assert first["b"] == []

    second = assigned(member("a", first["a"], 2), member("b", [], 2))
    assert second["a"] == first["a"]
    assert sorted(second["a"] + second["b"]) == sorted(TOPICS)


def test_a_claim_of_an_earlier_plan_does_not_take_a_lane_from_its_owner() -> None:
    plan = assigned(member("late", TOPICS, 3), member("true", TOPICS[4:], 5), member("z", [], 5))

    assert sorted(plan["late"]) == sorted(TOPICS[:4])
    assert sorted(plan["true"]) == sorted(TOPICS[4:6])
    assert plan["z"] == []


def test_a_topic_goes_to_who_knows_it_and_to_nobody_where_the_leader_does_not() -> None:
    plan = assigned(member("a", [], -1), member("b", [], -1, TOPICS[:4]), known=TOPICS[:6])

    assert set(TOPICS[4:6]) <= set(plan["a"])
    assert sorted(plan["a"] + plan["b"]) == sorted(TOPICS[:6])
