"""`python -m bench.consumer`: Kafka to documents, ours against a bare consume + read + write.

Both handle the same records in order, write with majority and journal and commit once per 50 records. Joining the
group does not count: the clock runs from the first record handled to the last commit.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition
from pymongo import MongoClient
from pymongo.collection import Collection as Stored

from bench import figures, ground, records
from chassis.aggregate import Aggregates, collection
from chassis.causes import Decision, Moment, State
from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher, Route
from chassis.envelope import Event
from chassis.ids import new_id
from chassis.metrics import Metrics
from chassis.outbox import record
from chassis.ports.documents import Body, Documents
from chassis.ports.events import Consumer, Events, Record, Topic
from chassis.settings import Settings
from chassis.worker import RUN, Worker
from engines.open import open_documents, open_events
from engines.production.kafka_wire import settings as kafka_settings

APPLICATIONS, EACH, ROUNDS = 70, 10, 4
SERVICE = "persetujuan"


@dataclass
class Timed:
    """A consumer that notes when its user handled the first record and committed last."""

    inner: Consumer
    began: float = 0.0
    ended: float = 0.0
    done: dict[str, int] = field(default_factory=dict)

    def poll(self, timeout: float, limit: int = 100) -> list[Record]:
        found = self.inner.poll(timeout, limit)
        if found and not self.began:
            self.began = time.monotonic()
        return found

    def commit(self, topic: str, offset: int) -> None:
        self.inner.commit(topic, offset)
        self.ended = time.monotonic()
        self.done[topic] = offset

    def lanes(self) -> frozenset[str]:
        return self.inner.lanes()

    def pause(self, topic: str) -> None:
        self.inner.pause(topic)

    def resume(self, topic: str) -> None:
        self.inner.resume(topic)

    def close(self) -> None:
        self.inner.close()


@dataclass(kw_only=True)
class Bench:
    """One count of lanes; `fill` gives both sides the same new records."""

    urls: dict[str, str]
    events: Events
    documents: Documents
    contracts: Contracts
    topics: list[str]
    turns: int = 0

    def fill(self) -> None:
        """New applications, their events in order; to be called once per round."""
        publisher, batch = self.events.publisher(), []
        for number in range(APPLICATIONS):
            topic, id = self.topics[number % len(self.topics)], new_id()
            for sequence in range(1, EACH + 1):
                entry = records.entry(topic.rsplit(".", 1)[1], id, sequence)
                batch.append(record({**entry, "topic": topic}))
        publisher.publish(batch).wait(30)
        publisher.close()

    def ours(self) -> float:
        ends = self._turn()
        cases = Aggregates(self.documents, "kasus", SERVICE, self.contracts, Settings().clock())
        dispatcher = Dispatcher(SERVICE, self.contracts, cases, {records.TYPE: Route(cases, _handle)})
        worker = Worker(self.events, dispatcher, Metrics(ground.ROOT / "contracts"))
        consumer = Timed(self.events.consumer(SERVICE, self.topics))
        try:
            while any(consumer.done.get(topic, 0) < end for topic, end in ends.items()):
                worker.step(consumer, 0.25)
        finally:
            consumer.close()
        return APPLICATIONS * EACH / (consumer.ended - consumer.began)

    def bare(self) -> float:
        ends = self._turn()
        with MongoClient[Body](
            self.urls["EKEL_DOCUMENTS_URL"], w="majority", journal=True, readConcernLevel="majority"
        ) as client:
            stored = client["bench_bare"]["kasus"]
            lanes = [Lane(kafka_settings(self.urls["EKEL_EVENTS_URL"]), *each) for each in ends.items()]
            threads = [threading.Thread(target=lane.run, args=(stored,)) for lane in lanes]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return APPLICATIONS * EACH / (max(lane.ended for lane in lanes) - min(lane.began for lane in lanes))

    def _turn(self) -> dict[str, int]:
        """New records for the first of each pair of turns; where the topics end."""
        if self.turns % 2 == 0:
            self.fill()
        self.turns += 1
        return {topic: bounds[1] for topic, bounds in self.events.bounds(self.topics).items()}


@dataclass
class Lane:
    """The bare loop: one thread and one consumer for one topic, up to `end`."""

    settings: dict[str, Any]
    topic: str
    end: int
    began: float = 0.0
    ended: float = 0.0

    def run(self, stored: Stored[Body]) -> None:
        consumer = KafkaConsumer(
            **self.settings, group_id="bare", enable_auto_commit=False, auto_offset_reset="earliest"
        )
        lane, count, at = TopicPartition(self.topic, 0), 0, 0
        consumer.assign([lane])
        while at < self.end:
            for each in consumer.poll(250, max_records=100).get(lane, []):
                self.began = self.began or time.monotonic()
                _write(stored, each)
                at, count = each.offset + 1, count + 1
                if count % RUN == 0 or at == self.end:
                    consumer.commit({lane: OffsetAndMetadata(at, "", -1)})
        self.ended = time.monotonic()
        consumer.close()


def _write(stored: Stored[Body], record: Any) -> None:
    """Read, append, compare-and-set."""
    headers = {name: value.decode() for name, value in record.headers}
    data = json.loads(record.value)
    key = {"s": headers["ce_kelurahan"], "i": headers["ce_subject"]}
    if (found := stored.find_one({"_id": key})) is None:
        stored.insert_one({"_id": key, "rev": 1, "body": {"urut": [data["urut"]]}})
        return
    body = {"urut": [*found["body"]["urut"], data["urut"]]}
    change = {"$set": {"rev": found["rev"] + 1, "body": body}}
    if stored.update_one({"_id": key, "rev": found["rev"]}, change).matched_count != 1:
        raise RuntimeError("somebody else wrote")


def _handle(event: Event, state: State | None, at: Moment) -> Decision:
    known = (state or {"urut": []})["urut"]
    return Decision({"urut": [*known, (event.data or {})["urut"]]})


def main() -> None:
    contracts = Contracts(ground.ROOT / "contracts")
    ground.heading(f"consumer: {APPLICATIONS} applications × {EACH} events")
    with ground.servers("kafka", "mongo") as (urls, _):
        events = open_events(urls["EKEL_EVENTS_URL"])
        documents = open_documents(urls["EKEL_DOCUMENTS_URL"], SERVICE)
        documents.migrate([collection("kasus")])
        prefix = contracts.families["peristiwa"].prefix
        for count in (1, len(records.OFFICES) - 1):
            kode = records.OFFICES[:1] if count == 1 else records.OFFICES[1:]
            topics = [prefix + each for each in kode]
            events.ensure([Topic(topic) for topic in topics])
            bench = Bench(urls=urls, events=events, documents=documents, contracts=contracts, topics=topics)
            found = figures.turns(bench.ours, bench.bare, ROUNDS)
            figures.ratio(f"consumer, {count} lane{'s' * (count > 1)}", "events/s", *found)
        events.close()
        documents.close()


if __name__ == "__main__":
    main()
