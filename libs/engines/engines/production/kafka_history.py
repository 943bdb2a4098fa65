"""A new history on an old cluster: an epoch as the newest record of a topic, and groups without a place.

Kafka has no word of its own for it: the cluster's id outlives what is deleted and written anew.
"""

from __future__ import annotations

from chassis.ids import new_id
from chassis.ports.errors import Refused
from chassis.ports.events import Outgoing, Topic
from engines.history import EPOCH
from engines.production.kafka import KafkaEvents
from engines.production.kafka_admin import Admin
from engines.production.kafka_wire import settings

OURS = EPOCH.partition(".")[0] + "."  # what the topics of a system begin with
PATIENCE = 30.0  # seconds


class KafkaHistory:
    """`History`. A cluster may serve others too: theirs are groups that read none of our topics."""

    def __init__(self, url: str) -> None:
        self._events, self._admin = KafkaEvents(url), Admin(settings(url))

    def working(self) -> list[str]:
        return sorted(name for name, members in self._groups().items() if members)

    def renew(self) -> str:
        if working := self.working():
            raise Refused(f"stop everything that reads this log first; still there: {', '.join(working)}")
        self._admin.ask(lambda client: client.delete_groups(list(self._groups())))
        epoch, publisher = new_id(), self._events.publisher()
        self._events.ensure([Topic(EPOCH, compacted=True)])
        record = Outgoing(topic=EPOCH, key="epoch", headers={}, value=epoch.encode())
        publisher.publish([record]).wait(PATIENCE)
        publisher.close()
        return epoch

    def close(self) -> None:
        self._events.close()
        self._admin.close()

    def _groups(self) -> dict[str, int]:
        """Group that has a place in our topics → how many members it has."""
        names = [str(each["group_id"]) for each in self._admin.ask(lambda client: client.list_groups())]
        found = {name: self._reading(name) for name in names}
        return {name: members for name, (topics, members) in found.items() if _ours(topics)}

    def _reading(self, group: str) -> tuple[set[str], int]:
        """Topics in which it has a place or a lane, and its members."""
        places = self._admin.ask(lambda client: client.list_group_offsets(group)[group])
        members = self._admin.ask(lambda client: client.describe_groups([group])[group]["members"])
        known = [member["member_assignment"] for member in members]  # empty while the group rebalances
        owned = {lane["topic"] for each in known if each for lane in each["assigned_partitions"]}
        return owned | {lane.topic for lane in places}, len(members)


def _ours(topics: set[str]) -> bool:
    return any(topic.startswith(OURS) for topic in topics)
