"""`Events` on Apache Kafka: `kafka://host:port[,host:port]?security=SASL_SSL&user=…&password_file=…&ca=…`.

Every client is made when first used, never before a fork. A topic has one partition, so a lane is a topic.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock
from weakref import WeakSet

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from chassis.ports.errors import PortError, Unavailable
from chassis.ports.events import Record, Topic
from engines.history import EPOCH
from engines.production.kafka_admin import LOOK, TICK, Admin
from engines.production.kafka_in import KafkaMember
from engines.production.kafka_out import KafkaPublisher
from engines.production.kafka_wire import PATIENCE, record, settings, translated

# It sleeps for a back-off before the first read of each topic, by default 100 ms.
READ = {"auto_offset_reset": "earliest", "enable_auto_commit": False, "retry_backoff_ms": 5}
# The client tells every refresh of its metadata, each second in each worker.
logging.getLogger("kafka").setLevel(logging.WARNING)


class KafkaEvents:
    """See the port for the promises, and docs/decisions for what Kafka adds to them."""

    def __init__(self, url: str) -> None:
        self._settings = settings(url)
        self._admin = Admin(self._settings)
        self._publishers: WeakSet[KafkaPublisher] = WeakSet()
        self._readers: list[KafkaConsumer] = []  # idle ones
        self._epoch = ("", -LOOK)  # and when it was looked for
        self._lock = Lock()

    def ensure(self, topics: Sequence[Topic]) -> None:
        """Raises `Refused` where one of them, or another of the same system, would not survive a crash."""
        self._admin.ensure(topics)
        ours = {topic.name.partition(".")[0] for topic in topics}
        self._admin.must_last(name for name in self._admin.topics() if name.partition(".")[0] in ours)

    def differences(self, topics: Sequence[Topic]) -> dict[str, dict[str, tuple[str, str]]]:
        return self._admin.differences(topics)

    def align(self, topics: Sequence[Topic]) -> None:
        self._admin.align(topics)

    def topics(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self._admin.topics() - {EPOCH} if name.startswith(prefix))

    def publisher(self) -> KafkaPublisher:
        publisher = KafkaPublisher(self._settings, self._admin.must_take)
        self._publishers.add(publisher)
        return publisher

    def consumer(self, group: str, prefixes: Sequence[str]) -> KafkaMember:
        return KafkaMember(self._settings, group, prefixes)

    def read(self, topic: str, offset: int, limit: int = 100) -> list[Record]:
        begin, end = self.bounds([topic])[topic]
        if offset >= end:
            return []
        lane, deadline = TopicPartition(topic, 0), time.monotonic() + PATIENCE
        records: list[Record] = []
        with self._reader() as reader:
            reader.assign([lane])
            reader.seek(lane, max(begin, offset))
            while len(records) < limit and reader.position(lane) < end:
                if time.monotonic() > deadline:
                    raise Unavailable(f"{topic} cannot be read at {reader.position(lane)}")
                found = reader.poll(timeout_ms=500, max_records=limit - len(records))
                records += [record(each) for each in found.get(lane, [])]
        return records

    def bounds(self, topics: Sequence[str]) -> dict[str, tuple[int, int]]:
        return self._admin.bounds(topics)

    def lag(self, group: str, prefixes: Sequence[str]) -> dict[str, int]:
        return self._admin.lag(group, tuple(prefixes))

    def epoch(self) -> str:
        """The cluster's id until a restore names another (`kafka_history`); at most a second old."""
        epoch, looked = self._epoch
        if time.monotonic() - looked >= LOOK:
            epoch = self._restored() or self._admin.cluster_id()
            self._epoch = (epoch, time.monotonic())
        return epoch

    def watch(self) -> EndWatch:
        return EndWatch(self._admin)

    def ping(self) -> None:
        self._admin.ping()

    def close(self) -> None:
        for publisher in list(self._publishers):
            publisher.close()
        with self._lock:
            while self._readers:
                self._readers.pop().close(autocommit=False)
        self._admin.close()

    def _restored(self) -> str:
        if EPOCH not in self._admin.topics():
            return ""
        _, end = self.bounds([EPOCH])[EPOCH]
        return "".join((record.value or b"").decode() for record in self.read(EPOCH, end - 1, 1))

    @contextmanager
    def _reader(self) -> Iterator[KafkaConsumer]:
        """A consumer without a group, for one thread at a time; one that failed is not used again."""
        with self._lock:
            reader = self._readers.pop() if self._readers else None
        try:
            if reader is None:
                reader = KafkaConsumer(**self._settings, **READ)
            yield reader
        except (KafkaError, PortError) as error:
            if reader is not None:
                reader.close(autocommit=False)
            raise translated(error) from error
        with self._lock:
            self._readers.append(reader)


class EndWatch:
    """Kafka has no doorbell: a wait looks at the ends of all topics. Consumers need none, their poll waits."""

    def __init__(self, admin: Admin) -> None:
        self._admin = admin
        self._closed = Event()
        self._seen = admin.ends()

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while not self._closed.wait(min(TICK, max(0.0, deadline - time.monotonic()))):
            before, self._seen = self._seen, self._admin.ends()
            if before != self._seen or time.monotonic() >= deadline:
                return before != self._seen
        return False

    def close(self) -> None:
        self._closed.set()
