"""The assignor of our groups on Kafka: a lane that moves is nobody's in between, whatever members claim."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("kafka", reason="kafka-python is missing; this brings it: scripts/setup production")

from kafka import TopicPartition
from kafka.protocol.consumer.metadata import ConsumerProtocolSubscription

from engines.production.kafka_lanes import OfficeAssignor

TOPICS = [f"ekelurahan.{family}.v1.{n}" for n in range(4) for family in ("peristiwa", "pribadi")]


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
