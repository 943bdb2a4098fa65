"""Topics, offsets and the cluster itself; requests are repeated while a broker comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from threading import Lock, RLock
from typing import Any, TypeVar

from kafka import KafkaAdminClient, OffsetSpec, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError, RetriableError, TopicAlreadyExistsError, UnknownBrokerIdError

from chassis.ports.errors import Refused, Unavailable
from chassis.ports.events import Topic
from engines.production.kafka_wire import PATIENCE, translated

T = TypeVar("T")
REPEATED = (RetriableError, UnknownBrokerIdError)
WEEK, DAY = "604800000", "86400000"
FOREVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
# An erased key is gone from the disks after a day; a reader that was away for less than a week sees its tombstone.
COMPACTED = {"cleanup.policy": "compact", "delete.retention.ms": WEEK, "max.compaction.lag.ms": DAY}

TICK, LOOK = 0.25, 1.0  # seconds between two looks at the ends of the topics; and at which topics there are
PARTITIONS, COPIES = "partitions", "replicas"  # of a topic; no request of ours changes them
CITY, MAJORITY = (
    3,
    2,
)  # copies of a topic where there is more than one broker, and how many must have a record


class Admin:
    """Thread-safe; connects when first asked."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._client: KafkaAdminClient | None = None
        self._former: list[KafkaAdminClient] = []  # others may still be asking them
        self._lock, self._looking = RLock(), Lock()
        self._known: frozenset[str] = frozenset()
        self._ends: tuple[Mapping[str, int], float, float] = ({}, -LOOK, -LOOK)  # when asked; when listed
        self._cluster: dict[str, Any] = {}
        self._lasting: frozenset[str] = frozenset()

    def topics(self) -> frozenset[str]:
        names = self.ask(lambda client: client.list_topics())
        self._known = frozenset(name for name in names if not name.startswith("__"))
        return self._known

    def must_know(self, names: Collection[str]) -> None:
        """Raises `Refused` for a topic that does not exist."""
        unknown = set(names) - self._known and set(names) - self.topics()
        if unknown:
            raise Refused(f"unknown topic {', '.join(sorted(unknown))}")

    def must_take(self, names: Collection[str]) -> None:
        """Raises `Refused` for a topic that does not exist or would lose what is published there."""
        self.must_know(names)
        self.must_last(names)

    def ensure(self, topics: Sequence[Topic]) -> None:
        """One partition; on a single node every record is flushed, on a cluster a majority of three holds it."""
        known = self.topics()
        wanted = self._wanted([topic for topic in topics if topic.name not in known])
        try:
            self.ask(lambda client: client.create_topics(wanted, wait_for_metadata=True) if wanted else None)
        except Unavailable as error:
            if not isinstance(error.__cause__, TopicAlreadyExistsError):
                raise
            self.ensure(topics)  # another process made some of them meanwhile

    def differences(self, topics: Sequence[Topic]) -> dict[str, dict[str, tuple[str, str]]]:
        wanted, known = self._wanted(topics), self.topics()
        there = sorted(known & wanted.keys())
        shapes = self._shapes(there)
        found: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in wanted if name not in known}
        for name, config in self._configs(there).items():
            partitions, copies = shapes[name]
            least = max(copies, wanted[name]["replication_factor"])
            now = config | {PARTITIONS: str(partitions), COPIES: str(copies)}
            should = wanted[name]["configs"] | {PARTITIONS: "1", COPIES: str(least)}
            other = {key: (now[key], value) for key, value in should.items() if now[key] != value}
            found |= {name: other} if other else {}
        return found

    def align(self, topics: Sequence[Topic]) -> None:
        self.ensure(topics)
        fixed, asked = [], []
        for name, other in self.differences(topics).items():
            fixed += [f"{name} has {other[key][0]} {key}" for key in (PARTITIONS, COPIES) if key in other]
            new = {key: value for key, (_, value) in other.items() if key not in {PARTITIONS, COPIES}}
            asked += [ConfigResource(ConfigResourceType.TOPIC, name, new)] if new else []
        # It never raises: what became of each topic stands in the answer.
        answer = self.ask(lambda client: client.alter_configs(asked)["topic"]) if asked else {}
        fixed += [f"{name}: {result}" for name, result in answer.items() if result != "OK"]
        if fixed:
            raise Refused("; ".join(fixed))

    def bounds(self, names: Collection[str]) -> dict[str, tuple[int, int]]:
        self.must_know(names)
        first, last = self._offsets(names, OffsetSpec.EARLIEST), self._offsets(names, OffsetSpec.LATEST)
        return {name: (first[name], last[name]) for name in names}

    def ends(self) -> Mapping[str, int]:
        """Of all topics; at most a `TICK` old, a new topic's a `LOOK`. All watchers of a process share one asking."""
        with self._looking:
            now, (ends, looked, listed) = time.monotonic(), self._ends
            if now - looked >= TICK:
                names, listed = (self._known, listed) if now - listed < LOOK else (self.topics(), now)
                ends = self._offsets(names, OffsetSpec.LATEST)
                self._ends = ends, now, listed
            return ends

    def lag(self, group: str, prefixes: tuple[str, ...]) -> dict[str, int]:
        names = [name for name in self.topics() if name.startswith(prefixes)]
        found = self.ask(lambda client: client.list_group_offsets(group))[group]
        done = {lane.topic: stored.offset for lane, stored in found.items()}
        bounds = self.bounds(names)
        return {n: end - min(end, max(first, done.get(n, 0))) for n, (first, end) in bounds.items()}

    def cluster_id(self) -> str:
        self._cluster = self._cluster or self._describe()
        return str(self._cluster["cluster_id"])

    def ping(self) -> None:
        self._describe()

    def must_last(self, names: Iterable[str]) -> None:
        """Raises `Refused`, naming topic and setting, where a crash could lose what was acknowledged."""
        fresh = sorted(set(names) - self._lasting)
        single = bool(fresh) and len(self._describe()["brokers"]) == 1
        shapes = self._shapes(fresh)
        for name, config in self._configs(fresh).items():
            flushed = single and config["flush.messages"] == "1"
            copied = shapes[name][1] >= CITY and int(config["min.insync.replicas"]) >= MAJORITY
            if config["unclean.leader.election.enable"] == "true" or not (flushed or copied):
                wanted = "flush.messages=1" if single else f"{CITY} replicas, min.insync.replicas={MAJORITY}"
                raise Refused(
                    f"topic {name} would lose acknowledged events in a crash: it needs {wanted} and "
                    "unclean.leader.election.enable=false; `ekel topics apply` sets what can be set"
                )
        self._lasting |= set(fresh)

    def close(self) -> None:
        with self._lock:
            for client in (self._client, *self._former):
                if client is not None:
                    client.close()
            self._client, self._former = None, []

    def _wanted(self, topics: Sequence[Topic]) -> dict[str, dict[str, Any]]:
        copies = min(CITY, len(self._describe()["brokers"]))
        safety = {"flush.messages": "1"} if copies == 1 else {"min.insync.replicas": str(MAJORITY)}
        safety["unclean.leader.election.enable"] = "false"
        kept = {True: COMPACTED, False: FOREVER}
        return {
            topic.name: {
                "num_partitions": 1,
                "replication_factor": copies,
                "configs": kept[topic.compacted] | dict(topic.settings) | safety,
            }
            for topic in topics
        }

    def _configs(self, names: Collection[str]) -> dict[str, dict[str, str]]:
        asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        found = self.ask(lambda client: client.describe_configs(asked, config_filter="all")) if asked else {}
        listed = found.get("topic", {}).items()
        return {name: {key: entry["value"] for key, entry in one.items()} for name, one in listed}

    def _shapes(self, names: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Topic → (partitions, copies of the one that has fewest)."""
        laid = self.ask(lambda client: client.describe_topics(names)) if names else []
        parts = {topic["name"]: [len(one["replica_nodes"]) for one in topic["partitions"]] for topic in laid}
        return {name: (len(copies), min(copies, default=0)) for name, copies in parts.items()}

    def _describe(self) -> dict[str, Any]:
        return self.ask(lambda client: client.describe_cluster())

    def _offsets(self, names: Iterable[str], spec: OffsetSpec) -> dict[str, int]:
        asked = {TopicPartition(name, 0): spec for name in names}
        found = self.ask(lambda client: client.list_partition_offsets(asked)) if asked else {}
        return {lane.topic: stored.offset for lane, stored in found.items()}

    def ask(self, question: Callable[[Any], T]) -> T:
        """A live client answers `NodeNotReady` for a second or two after its broker is back: ask again.

        One that looks for a broker that the cluster has lost (`UnknownBrokerId`) goes on looking: take a new one.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self._lock:
                    if self._client is None:
                        self._client = KafkaAdminClient(**self._settings)
                    client = self._client
                return question(client)
            except KafkaError as error:
                meant = translated(error)
                again = isinstance(meant, Unavailable) and isinstance(error, REPEATED)
                if not again or time.monotonic() > deadline:
                    raise meant from error
                if isinstance(error, UnknownBrokerIdError):
                    self._replace(client)
            time.sleep(0.1)

    def _replace(self, client: KafkaAdminClient) -> None:
        with self._lock:
            if self._client is client:
                self._former.append(client)
                self._client = None
