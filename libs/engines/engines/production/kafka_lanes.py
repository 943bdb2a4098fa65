"""The group's assignor: the plan of `engines.sharing`, in two steps, so that a lane never has two owners (KIP-429)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from kafka import TopicPartition
from kafka.coordinator.assignors.abstract import AbstractPartitionAssignor, RebalanceProtocol
from kafka.protocol.consumer.metadata import ConsumerProtocolAssignment, ConsumerProtocolSubscription

from engines.sharing import share

WITH_GENERATION = 2  # the version of a member's metadata that has it


class OfficeAssignor(AbstractPartitionAssignor):  # type: ignore[misc]  # the client has no types
    """One member's.

    `owned` tells what the client itself holds now, so that a member thrown out claims nothing; `joining` is called
    whenever it asks to join.
    """

    name = "ekel-offices"

    def __init__(
        self, owned: Callable[[], Collection[TopicPartition]], joining: Callable[[], None] = lambda: None
    ) -> None:
        self._owned, self._joining, self._generation = owned, joining, -1

    def supported_protocols(self) -> list[RebalanceProtocol]:
        return [RebalanceProtocol.COOPERATIVE]

    def metadata(self, topics: Collection[str]) -> Any:
        self._joining()
        owned = ConsumerProtocolSubscription.TopicPartition
        return ConsumerProtocolSubscription(
            version=WITH_GENERATION,
            topics=sorted(topics),
            user_data=b"",
            owned_partitions=[owned(topic=lane.topic, partitions=[0]) for lane in sorted(self._owned())],
            generation_id=self._generation,
        )

    def on_assignment(self, assignment: Any, generation: int) -> None:
        self._generation = generation

    def assign(self, cluster: Any, members: Sequence[Any]) -> dict[str, Any]:
        """Every member's lanes; one that shall move is nobody's until its owner has let it go and joins again."""
        may: dict[str, list[str]] = {}
        owners: dict[str, str] = {}
        # Of two who claim a lane, the one that heard the later plan has it.
        for member in sorted(members, key=lambda each: (each.metadata.generation_id, each.member_id)):
            for topic in member.metadata.topics:
                if cluster.partitions_for_topic(topic):
                    may.setdefault(topic, []).append(member.member_id)
            owners |= {lane.topic: member.member_id for lane in member.metadata.owned_partitions}
        lanes: dict[str, list[tuple[str, list[int]]]] = {member.member_id: [] for member in members}
        for topic, id in sorted(share(may, owners).items()):
            if owners.get(topic, id) == id:
                lanes[id].append((topic, [0]))
        return {id: ConsumerProtocolAssignment(1, own, b"") for id, own in lanes.items()}
