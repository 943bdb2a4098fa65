"""What other processes do in these tests: `actors.py <command> <url> …`, one line on stdout per thing achieved."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count

from chassis.ports.documents import Doc
from chassis.ports.events import Outgoing
from engines.open import open_documents, open_events, open_objects
from support.engines import COLLECTIONS


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def insert(url: str, scope: str) -> None:
    """Insert documents with an outbox entry each, for ever; say the id of each acknowledged one."""
    documents = open_documents(url, "uji")
    for number in count():
        documents.insert(
            "hitungan", Doc(scope=scope, id=f"{number:06}", rev=1, body={"n": number}), [{"n": number}]
        )
        say(f"{number:06}")


def increment(url: str, times: str) -> None:
    """Add 1 to the document satu/jumlah that often, by compare-and-set."""
    documents = open_documents(url, "uji")
    for _ in range(int(times)):
        while True:
            doc = documents.get("hitungan", "satu", "jumlah")
            assert doc is not None
            more = Doc(scope="satu", id="jumlah", rev=doc.rev + 1, body={"n": doc.body["n"] + 1})
            if documents.replace("hitungan", more, doc.rev, [{"n": more.body["n"]}]):
                break
    documents.close()


def migrate(url: str) -> None:
    """Create the collections, as a process that starts does."""
    documents = open_documents(url, "uji")
    documents.migrate(COLLECTIONS)
    say(documents.count("permohonan", {}))
    documents.close()


def publish(url: str, topic: str) -> None:
    """Publish numbered records for ever; say each acknowledged number."""
    publisher = open_events(url).publisher()
    for number in count():
        record = Outgoing(topic=topic, key=str(number), headers={}, value=str(number).encode())
        publisher.publish([record]).wait(60)
        say(number)


def consume(url: str, group: str, prefix: str) -> None:
    """Handle records for ever: say topic and value of each, then commit it."""
    consumer = open_events(url).consumer(group, [prefix])
    while True:
        for record in consumer.poll(1, 5):
            say(record.topic, (record.value or b"").decode())
            consumer.commit(record.topic, record.offset + 1)


def upload(url: str, key: str) -> None:
    """Begin an upload and stay in its middle; say so there."""

    def chunks() -> Iterator[bytes]:
        yield b"x" * 1_000_000
        say("middle")
        sys.stdin.read()

    open_objects(url).put(key, chunks())


def replace(url: str, key: str, letter: str) -> None:
    """Put 300 kB of one letter under a key for ever; say when each is stored."""
    objects = open_objects(url)
    while True:
        objects.put(key, [letter.encode() * 100_000] * 3)
        say(letter)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
