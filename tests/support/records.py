"""Publishing and reading in tests of the event port, waiting for conditions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from subprocess import Popen

from chassis.ports.events import Consumer, Events, Outgoing, Record

LONG = 60.0  # seconds after which a condition that should come true has failed


def out(topic: str, value: str | None, key: str = "k") -> Outgoing:
    return Outgoing(
        topic=topic, key=key, headers={"ce_id": "é"}, value=None if value is None else value.encode()
    )


def publish(events: Events, topic: str, values: Sequence[object], key: str = "k") -> None:
    publisher = events.publisher()
    publisher.publish([out(topic, str(value), key) for value in values]).wait(LONG)
    publisher.close()


def values(records: Sequence[Record]) -> list[str]:
    return [(record.value or b"").decode() for record in records]


def until(condition: Callable[[], bool], *consumers: Consumer) -> list[Record]:
    """Poll (and commit) until the condition holds; what was read."""
    records: list[Record] = []
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        for consumer in consumers:
            records += handle(consumer)
    return records


def handle(consumer: Consumer, limit: int = 100) -> list[Record]:
    records = consumer.poll(0.1, limit)
    for record in records:
        consumer.commit(record.topic, record.offset + 1)
    return records


def collect(actor: Popen[str], lines: list[str]) -> None:
    assert actor.stdout is not None
    lines.extend(line for line in actor.stdout if line.endswith("\n"))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
