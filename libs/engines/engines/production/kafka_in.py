"""One member of a group on Kafka: a thread of its own fills a queue per lane; polls empty the queues in turn.

A lane another member shall have is given back only after its records in flight are committed (or `HANDOVER` s): the
rebalance waits for that in the client's own loop, where heartbeats and commits go on.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Any

from kafka import AsyncConsumerRebalanceListener, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.errors import CommitFailedError, KafkaError, RebalanceInProgressError

from chassis.ports.errors import LaneLost, Refused, Unavailable
from chassis.ports.events import Record
from engines.production.kafka_lanes import OfficeAssignor
from engines.production.kafka_wire import PATIENCE, record, translated

HANDOVER = 12.0  # seconds a lane waits for work in flight before it is given up; a handler has 10
GONE = 15.0  # seconds without a poll after which we let the group take our lanes
FULL = 1000  # records of a lane held ready
IN = {
    "auto_offset_reset": "earliest",
    "enable_auto_commit": False,
    "isolation_level": "read_committed",
    "metadata_max_age_ms": 1000,  # how soon a new topic is found
    "session_timeout_ms": 6000,
    "heartbeat_interval_ms": 1000,
    "max_poll_interval_ms": 30_000,
    "allow_auto_create_topics": False,
}


@dataclass(slots=True, eq=False)
class Owned:
    """A lane of ours; `handed` is the offset after the last record polled."""

    queue: deque[Record] = field(default_factory=deque)
    handed: int = 0
    committed: int = 0
    paused: bool = False
    wanted: bool = False  # by another member
    leaving: bool = False  # and our user knows: the next commit is the last

    @property
    def idle(self) -> bool:
        return self.committed >= self.handed

    @property
    def ready(self) -> bool:
        return bool(self.queue) and not self.paused and not self.wanted


class KafkaMember(AsyncConsumerRebalanceListener):  # type: ignore[misc]  # the client has no types
    """`Consumer`; connects in its thread, so a broker that is away is `Unavailable` in a poll."""

    def __init__(self, settings: dict[str, Any], group: str, prefixes: Sequence[str]) -> None:
        assignors = [OfficeAssignor(self._owned, self._joining)]
        self._settings = {**settings, **IN, "group_id": group, "partition_assignment_strategy": assignors}
        self._pattern = f"^({'|'.join(map(re.escape, prefixes))})"
        self._kafka: Any = None  # KafkaConsumer, made in the thread
        self._lanes: dict[str, Owned] = {}
        self._change = Condition()  # guards the lanes
        self._error: Exception | None = None
        self._polled, self._turn, self._closed = time.monotonic(), 0, False
        self._thread = Thread(target=self._run, name=f"kafka-in-{group}", daemon=True)
        self._thread.start()

    def poll(self, timeout: float, limit: int = 100) -> list[Record]:
        with self._change:
            self._observe()
            self._polled = float("inf")
            self._change.wait_for(lambda: self._error is not None or self._ready(), timeout)
            self._polled = time.monotonic()
            error, self._error = self._error, None
            if error is not None:
                raise translated(error) from error
            return self._take(limit)

    def lanes(self) -> frozenset[str]:
        with self._change:
            self._observe()
            return frozenset(topic for topic, lane in self._lanes.items() if not lane.wanted)

    def pause(self, topic: str) -> None:
        self._set_paused(topic, True)

    def resume(self, topic: str) -> None:
        self._set_paused(topic, False)

    def commit(self, topic: str, offset: int) -> None:
        lane, deadline = self._lanes.get(topic), time.monotonic() + PATIENCE
        while lane is not None and self._lanes.get(topic) is lane:
            if self._stored(topic, lane, offset):
                with self._change:
                    lane.committed = offset
                    if lane.leaving:
                        self._drop(topic, lane)
                return
            if time.monotonic() > deadline:
                raise Unavailable(f"{topic}: the group is still sharing its lanes")
            time.sleep(0.02)
        raise LaneLost(topic)

    def close(self) -> None:
        with self._change:
            self._closed = True
            self._lanes.clear()
            self._change.notify_all()
        self._thread.join(HANDOVER)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        with self._change:
            self._lanes |= {lane.topic: Owned() for lane in assigned}

    async def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        with self._change:
            for lane in lost:
                self._lanes.pop(lane.topic, None)

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        deadline = time.monotonic() + HANDOVER
        topics = {lane.topic for lane in revoked}
        while True:
            with self._change:
                going = {topic: lane for topic, lane in self._lanes.items() if topic in topics}
                for topic, lane in going.items():
                    lane.wanted = True
                    if lane.idle or time.monotonic() > deadline:
                        self._drop(topic, lane)
                if not going.keys() & self._lanes.keys():
                    return
            # The client's loop is not asyncio's; it has no other way to sleep.
            await self._kafka._net.sleep(0.02)  # noqa: SLF001

    def _owned(self) -> set[TopicPartition]:
        owned: set[TopicPartition] = self._kafka.assignment()
        return owned

    def _joining(self) -> None:
        """A join that a change of topics began and a poll did not see the end of is never ended, unless asked for."""
        self._kafka._coordinator.request_rejoin()  # noqa: SLF001

    def _run(self) -> None:
        """The thread: the client's poll, for as long as our user polls too."""
        while not self._closed:
            try:
                if self._kafka is None:
                    self._kafka = KafkaConsumer(**self._settings)
                    self._kafka.subscribe(pattern=self._pattern, listener=self)
                if time.monotonic() - self._polled < GONE:
                    self._fill(self._kafka)
                    continue
            except (
                Exception
            ) as error:  # also the client's own mistakes: a thread that died would be a silent lane
                with self._change:
                    self._error = error
                    self._change.notify_all()
            with self._change:
                self._change.wait(0.5)
        if self._kafka is not None:
            self._kafka.close(autocommit=False, timeout_ms=3000)

    def _fill(self, kafka: KafkaConsumer) -> None:
        with self._change:
            full = {topic for topic, lane in self._lanes.items() if len(lane.queue) >= FULL}
            held = full | {topic for topic, lane in self._lanes.items() if lane.paused}
        paused, assigned = kafka.paused(), kafka.assignment()
        kafka.resume(*[lane for lane in paused if lane.topic not in held])
        kafka.pause(*[lane for lane in assigned - paused if lane.topic in held])
        found = kafka.poll(timeout_ms=50 if full else 250, max_records=FULL)
        with self._change:
            for lane, records in found.items():
                if lane.topic in self._lanes:
                    self._lanes[lane.topic].queue.extend(map(record, records))
            self._change.notify_all()

    def _ready(self) -> list[str]:
        return [topic for topic, lane in self._lanes.items() if lane.ready]

    def _take(self, limit: int) -> list[Record]:
        """Round-robin: every lane with news gets an equal share, another lane goes first each time."""
        ready, taken = self._ready(), list[Record]()
        self._turn = (self._turn + 1) % len(ready) if ready else 0
        for topic in ready[self._turn :] + ready[: self._turn]:
            lane = self._lanes[topic]
            for _ in range(min(len(lane.queue), limit - len(taken), max(1, limit // len(ready)))):
                taken.append(lane.queue.popleft())
                lane.handed = taken[-1].offset + 1
        return taken

    def _stored(self, topic: str, lane: Owned, offset: int) -> bool:
        """False while lanes are being shared out, or once this one is lost."""
        place = {TopicPartition(topic, 0): OffsetAndMetadata(offset, "", -1)}
        try:
            self._kafka.commit(place, timeout_ms=int(PATIENCE * 1000))
        except RebalanceInProgressError:
            return False
        except CommitFailedError as error:
            if not isinstance(error.args[0], RebalanceInProgressError):  # we are no longer a member
                self._drop(topic, lane)
            return False
        except KafkaError as error:
            if isinstance(meant := translated(error), Refused):
                lane.committed = lane.handed  # what can never be committed is not waited for
            raise meant from error
        return True

    def _observe(self) -> None:
        for lane in self._lanes.values():
            lane.leaving = lane.wanted

    def _drop(self, topic: str, lane: Owned) -> None:
        with self._change:
            if self._lanes.get(topic) is lane:
                del self._lanes[topic]

    def _set_paused(self, topic: str, paused: bool) -> None:
        with self._change:
            if topic in self._lanes:
                self._lanes[topic].paused = paused
