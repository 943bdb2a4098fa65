"""`python -m bench.relay`: outbox to Kafka, ours against a bare find + produce + bulk update."""

from __future__ import annotations

import time
from typing import Any

from kafka import KafkaProducer
from pymongo import MongoClient, UpdateOne
from pymongo.collection import Collection as Stored

from bench import figures, ground, records
from chassis import lease, outbox
from chassis.lease import Lease
from chassis.metrics import Metrics
from chassis.ports.documents import Collection, Doc
from chassis.ports.events import Topic
from chassis.relay import BATCH, Relay
from engines.open import open_documents, open_events
from engines.production.kafka_out import OUT
from engines.production.kafka_wire import settings as kafka_settings

DOCUMENTS, EACH, ROUNDS = 700, 2, 5  # one write appends two events: one public, one personal
TOGETHER = BATCH * len(records.OFFICES)  # records in flight, as many as ours may have


class Ours:
    """The chassis' relay on the adapters."""

    def __init__(self, urls: dict[str, str]) -> None:
        self._documents = open_documents(urls["EKEL_DOCUMENTS_URL"], "bench")
        self._documents.migrate([Collection("permohonan"), lease.COLLECTION])
        self._events = open_events(urls["EKEL_EVENTS_URL"])
        self._events.ensure([Topic(f"bench.peristiwa.{kode}") for kode in records.OFFICES])
        held = Lease(self._documents, "relay")
        self._relay = Relay("bench", self._documents, self._events, held, Metrics(ground.ROOT / "contracts"))

    def round(self) -> float:
        """Records per second; filling does not count."""
        for kode, id in records.applications(DOCUMENTS):
            entries = [records.entry(kode, id, n + 1) for n in range(EACH)]
            self._documents.insert("permohonan", Doc(scope=kode, id=id, rev=1, body={"n": 1}), entries)
        begin, sent = time.monotonic(), 0
        while sent < DOCUMENTS * EACH:
            sent += self._relay.step()
        return sent / (time.monotonic() - begin)

    def close(self) -> None:
        self._events.close()
        self._documents.close()


class Bare:
    """The same guarantees with as little code as they allow."""

    def __init__(self, urls: dict[str, str]) -> None:
        self._client: MongoClient[dict[str, Any]] = MongoClient(
            urls["EKEL_DOCUMENTS_URL"], w="majority", journal=True, readConcernLevel="majority"
        )
        self._stored: Stored[dict[str, Any]] = self._client["bench_bare"]["permohonan"]
        self._stored.create_index("unsent", sparse=True)
        self._producer = KafkaProducer(**kafka_settings(urls["EKEL_EVENTS_URL"]), **OUT)

    def round(self) -> float:
        for kode, id in records.applications(DOCUMENTS):
            entries = [records.entry(kode, id, n + 1) for n in range(EACH)]
            self._stored.insert_one(
                {"_id": {"s": kode, "i": id}, "rev": 1, "body": {"n": 1}, "unsent": id, "outbox": entries}
            )
        begin, sent = time.monotonic(), 0
        while batch := list(
            self._stored.find({"unsent": {"$gt": ""}}).sort("unsent").limit(TOGETHER // EACH)
        ):
            flying = [self._send(entry) for each in batch for entry in each["outbox"]]
            for one in flying:
                one.get(10)
            gone = {"$unset": {"unsent": "", "outbox": ""}}
            self._stored.bulk_write([UpdateOne({"_id": e["_id"]}, gone) for e in batch], ordered=False)
            sent += len(flying)
        return sent / (time.monotonic() - begin)

    def _send(self, entry: dict[str, Any]) -> Any:
        record = outbox.record(entry)
        headers = [(name, value.encode()) for name, value in record.headers.items()]
        return self._producer.send(record.topic, record.value, record.key.encode(), headers, partition=0)

    def close(self) -> None:
        self._producer.close()
        self._client.close()


def main() -> None:
    ground.heading(f"relay: {DOCUMENTS} documents × {EACH} entries, {len(records.OFFICES)} kelurahan")
    with ground.servers("kafka", "mongo") as (urls, _):
        ours, bare = Ours(urls), Bare(urls)
        figures.ratio("relay", "records/s", *figures.turns(ours.round, bare.round, ROUNDS))
        ours.close()
        bare.close()


if __name__ == "__main__":
    main()
