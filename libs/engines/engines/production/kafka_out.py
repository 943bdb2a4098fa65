"""Publishing to Kafka: idempotent, all replicas, in order, never giving up by itself.

Two faults of the client shape this file. A batch that expires after it was sent stops the producer for good, so
nothing ever expires: `Ack.wait` has the deadline. A refused record fails all later ones, so after any error the owner
takes a new publisher. A thread per publisher does the sending, because a first send waits for the topic's metadata.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from chassis.ports.errors import Refused, Unavailable
from chassis.ports.events import MAX_RECORD, Outgoing
from engines.production.kafka_wire import translated

OUT = {
    "acks": "all",
    "enable_idempotence": True,
    "delivery_timeout_ms": 10**9,
    "max_block_ms": 3000,
    "linger_ms": 5,
    "batch_size": 131_072,
    "allow_auto_create_topics": False,
}


class KafkaAck:
    """The fate of one batch: sent by the publisher's thread, then acknowledged record by record."""

    def __init__(self, sent: Future[list[Any]]) -> None:
        self._sent = sent

    def wait(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        try:
            for each in self._sent.result(timeout):
                each.get(max(0.0, deadline - time.monotonic()))
        except TimeoutError as error:
            raise Unavailable("kafka: not sent in time") from error
        except KafkaError as error:
            raise translated(error) from error


class KafkaPublisher:
    """`must_take` raises `Refused` if a record for one of the topics could not be kept."""

    def __init__(self, settings: dict[str, Any], must_take: Callable[[Collection[str]], None]) -> None:
        self._settings, self._must_take = settings, must_take
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kafka-out")
        self._producer: KafkaProducer | None = None
        self._closed = False

    def publish(self, batch: Sequence[Outgoing]) -> KafkaAck:
        if self._closed:
            raise Unavailable("closed publisher")
        return KafkaAck(self._thread.submit(self._send, list(batch)))

    def close(self) -> None:
        """At once: what is not acknowledged by now is given up."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._end)
            self._thread.shutdown(wait=False)

    def _send(self, batch: Sequence[Outgoing]) -> list[Any]:
        for record in batch:
            if record.value is not None and len(record.value) > MAX_RECORD:
                raise Refused(f"{record.topic}: {len(record.value)} bytes, at most {MAX_RECORD}")
        if self._closed:
            raise Unavailable("closed publisher")
        self._must_take({record.topic for record in batch})
        if self._producer is None:
            self._producer = KafkaProducer(**self._settings, **OUT)
        return [self._append(self._producer, record) for record in batch]

    def _append(self, producer: KafkaProducer, record: Outgoing) -> Any:
        headers = [(name, value.encode()) for name, value in record.headers.items()]
        return producer.send(record.topic, record.value, record.key.encode(), headers, partition=0)

    def _end(self) -> None:
        if self._producer is not None:
            try:
                self._producer.close(timeout=0)
            except KafkaError:  # it flushes first; what it could not send must not arrive after newer records
                self._producer._sender.force_close()  # noqa: SLF001
                self._producer.close(timeout=1)
