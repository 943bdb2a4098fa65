"""What is left of a case in the log and the stores, read past the services: evidence for tests of faults."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.ports.events import Record
from engines.open import open_events

PERISTIWA = "ekelurahan.peristiwa.v1."
COLLECTIONS = {
    "pengajuan": "permohonan",
    "dokumen": "perkara",
    "persetujuan": "kasus",
    "notifikasi": "kabar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event without its repeats."""

    source: str
    sequence: int
    name: str
    data: dict[str, Any]


def told(folder: Path, id: str) -> list[Told]:
    """The events of one application, in the order of the log. Asserts that there is no hole and repeats are equal."""
    first: dict[tuple[str, int], Record] = {}
    events: list[Told] = []
    for record in records(folder, id):
        source, sequence = record.headers["ce_source"].strip("/"), int(record.headers["ce_sequence"])
        before = first.setdefault((source, sequence), record)
        if before is not record:
            same = (before.topic, before.key, before.headers, before.value)
            assert same == (record.topic, record.key, record.headers, record.value)
            continue
        last = max((e.sequence for e in events if e.source == source), default=0)
        assert sequence == last + 1, f"{source} told {sequence} after {last}"
        name = record.headers["ce_type"].split(".", 3)[3].rsplit(".", 1)[0]
        events.append(
            Told(source=source, sequence=sequence, name=name, data=json.loads(record.value or b"{}"))
        )
    return events


def records(folder: Path, id: str) -> Iterator[Record]:
    """Every record of `peristiwa` about one application, repeats too."""
    log = open_events(f"sqlite:///{folder}/log.sqlite?groups={folder}/groups")
    try:
        topics = [topic for topic in log.topics() if topic.startswith(PERISTIWA)]
        for topic, (offset, end) in log.bounds(topics).items():
            at = offset
            while at < end and (page := log.read(topic, at, 500)):
                yield from (record for record in page if record.key == id)
                at = page[-1].offset + 1
    finally:
        log.close()


def repeats(folder: Path, id: str) -> int:
    """How many records say again what was said before."""
    seen = Counter(record.headers["ce_source"] + record.headers["ce_id"] for record in records(folder, id))
    return sum(seen.values()) - len(seen)


def story(folder: Path, id: str) -> Counter[tuple[str, ...]]:
    """What was told of a case, without ids and times: the same for every undisturbed case of one kind."""
    kept = ("langkah", "keputusan", "saluran", "syarat", "status")
    return Counter(
        (e.source, e.name, *(str(e.data[k]) for k in kept if k in e.data)) for e in told(folder, id)
    )


def case(folder: Path, service: str, id: str) -> dict[str, Any]:
    """What a service stores of an application: state, inbox, sequence, todos."""
    found = _case(folder, service, id)
    assert found is not None, f"{service} does not know {id}"
    return found


def numbers(folder: Path, id: str) -> list[tuple[str, int]]:
    """(register's office, number) of every letter number given to a case."""
    return sorted((scope, body["urut"]) for scope, body in _of(folder, "dokumen", "nomor", id))


def letters(folder: Path, id: str) -> list[dict[str, Any]]:
    """Letters of a case that were issued."""
    return [s for s in case(folder, "dokumen", id)["state"]["surat"].values() if s.get("terbit")]


def inbox(folder: Path, id: str) -> Counter[str]:
    """Messages in people's inboxes by step."""
    return Counter(body["langkah"] for _, body in _of(folder, "notifikasi", "pesan", id))


def sent(folder: Path, id: str) -> Counter[str]:
    """Messages that left the house, by their fixed id without the application."""
    return Counter(file.name.split(".")[1] for file in (folder / "pesan").glob(f"{id}.*"))


def pending(folder: Path, id: str) -> list[str]:
    """To-dos that nobody finished, of all services; a service that has not heard of the case has everything to do."""
    unheard = {"todos": ["everything"]}
    return [todo for service in COLLECTIONS for todo in (_case(folder, service, id) or unheard)["todos"]]


def count(folder: Path, service: str) -> int:
    """How many cases a service stores."""
    with _store(folder, service) as store:
        total: int = store.execute(f'SELECT count(*) FROM "c.{COLLECTIONS[service]}"').fetchone()[0]
    return total


def owners(folder: Path, group: str, topics: Iterable[str]) -> dict[str, tuple[str | None, int]]:
    """Lane → (member of the group that owns it, next offset it has committed)."""
    with closing(sqlite3.connect(folder / "groups" / f"{group}.sqlite")) as store:
        rows = store.execute("SELECT topic, owner, committed FROM lanes").fetchall()
    return {topic: (owner, committed) for topic, owner, committed in rows if topic in topics}


def _case(folder: Path, service: str, id: str) -> dict[str, Any] | None:
    with _store(folder, service) as store:
        row = store.execute(f'SELECT body FROM "c.{COLLECTIONS[service]}" WHERE id = ?', (id,)).fetchone()
    return json.loads(row[0]) if row else None


def _of(folder: Path, service: str, collection: str, id: str) -> list[tuple[str, dict[str, Any]]]:
    with _store(folder, service) as store:
        rows = store.execute(f'SELECT scope, body FROM "c.{collection}"').fetchall()
    found = [(scope, json.loads(body)) for scope, body in rows]
    return [(scope, body) for scope, body in found if body["permohonan"] == id]


@contextmanager
def _store(folder: Path, service: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / service / "documents.sqlite")) as connection:
        yield connection
