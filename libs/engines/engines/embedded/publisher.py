"""Appending to the embedded log: one job per topic of a batch, acknowledged after COMMIT."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import Future

from chassis.ports.errors import Refused, Unavailable
from chassis.ports.events import MAX_RECORD, Outgoing
from engines.embedded.transaction import Statement
from engines.embedded.writer import Writer, settled

_APPEND = (
    "INSERT OR REPLACE INTO records (topic, offset, key, headers, value, newest)"
    " SELECT id, next + ?, ?, ?, ?, CASE WHEN compacted THEN ? END FROM topics WHERE name = ?"
)
_ADVANCE = "UPDATE topics SET next = next + ? WHERE name = ?"


class LogAck:
    """The fate of one batch: one job per topic."""

    def __init__(self, jobs: Sequence[Future[bool]], refused: str = "") -> None:
        self._jobs = jobs
        self._refused = refused

    def wait(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        if self._refused:
            raise Refused(self._refused)
        for job in self._jobs:
            if not settled(job, max(0.0, deadline - time.monotonic()), grace=0.0):
                raise Refused("unknown topic")


class LogPublisher:
    """Appends batches; the records of one topic in one batch become durable together."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._closed = False

    def publish(self, batch: Sequence[Outgoing]) -> LogAck:
        if self._closed:
            raise Unavailable("closed publisher")
        for record in batch:
            if record.value is not None and len(record.value) > MAX_RECORD:
                return LogAck([], f"{record.topic}: {len(record.value)} bytes, at most {MAX_RECORD}")
        topics: dict[str, list[Outgoing]] = {}
        for record in batch:
            topics.setdefault(record.topic, []).append(record)
        return LogAck([self._writer.submit(topic, _append(topic, topics[topic])) for topic in topics])

    def close(self) -> None:
        self._closed = True


def _append(topic: str, records: Sequence[Outgoing]) -> list[Statement]:
    statements: list[Statement] = [
        (_APPEND, (place, record.key, _headers(record), record.value, record.key, topic), 1)
        for place, record in enumerate(records)
    ]
    return [*statements, (_ADVANCE, (len(records), topic), 1)]


def _headers(record: Outgoing) -> str:
    return json.dumps(dict(record.headers), ensure_ascii=False, separators=(",", ":"))
