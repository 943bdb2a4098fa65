"""What is left of a case in the log and the stores, read past the services: evidence for tests of faults.

Read through the ports, so it is the same on every engine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chassis.clock import real_now, rfc3339
from chassis.ports.documents import Doc, Documents
from chassis.ports.events import Record
from chassis.settings import Settings
from engines.open import open_documents, open_events
from support import members

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


def told(settings: Settings, id: str) -> list[Told]:
    """The events of one application, in the order of the log. Asserts that there is no hole and repeats are equal."""
    first: dict[tuple[str, int], Record] = {}
    events: list[Told] = []
    for record in records(settings, id):
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


def records(settings: Settings, id: str = "") -> Iterator[Record]:
    """Every record of `peristiwa` about one application, or all; repeats too."""
    with closing(open_events(settings.events())) as log:
        topics = [topic for topic in log.topics() if topic.startswith(PERISTIWA)]
        for topic, (offset, end) in log.bounds(topics).items():
            at = offset
            while at < end and (page := log.read(topic, at, 500)):
                yield from (record for record in page if id in ("", record.key))
                at = page[-1].offset + 1


def filed(settings: Settings) -> dict[str, str]:
    """Application → its service, of all that were filed, in the order of the log."""
    found: dict[str, str] = {}
    for record in records(settings):
        if record.headers["ce_type"] == "id.ekelurahan.pengajuan.permohonan.diajukan.v1":
            found.setdefault(record.key, str(json.loads(record.value or b"{}")["layanan"]))
    return found


def repeats(settings: Settings, id: str) -> int:
    """How many records say again what was said before."""
    seen = Counter(record.headers["ce_source"] + record.headers["ce_id"] for record in records(settings, id))
    return sum(seen.values()) - len(seen)


def story(settings: Settings, id: str) -> Counter[tuple[str, ...]]:
    """What was told of a case, without ids and times: the same for every undisturbed case of one kind."""
    kept = ("langkah", "keputusan", "saluran", "syarat", "status")
    return Counter(
        (e.source, e.name, *(str(e.data[k]) for k in kept if k in e.data)) for e in told(settings, id)
    )


def case(settings: Settings, service: str, id: str) -> dict[str, Any]:
    """What a service stores of an application: state, inbox, sequence, todos."""
    found = _case(settings, service, id)
    assert found is not None, f"{service} does not know {id}"
    return found


def numbers(settings: Settings, id: str) -> list[tuple[str, int]]:
    """(register's office, number) of every letter number given to a case."""
    return sorted((doc.scope, doc.body["urut"]) for doc in _of(settings, "dokumen", "nomor", id))


def letters(settings: Settings, id: str) -> list[dict[str, Any]]:
    """Letters of a case that were issued."""
    return [s for s in case(settings, "dokumen", id)["state"]["surat"].values() if s.get("terbit")]


def inbox(settings: Settings, id: str) -> Counter[str]:
    """Messages in people's inboxes by step."""
    return Counter(doc.body["langkah"] for doc in _of(settings, "notifikasi", "pesan", id))


def sent(settings: Settings, id: str) -> Counter[str]:
    """Messages that left the house, by their fixed id without the application."""
    return Counter(file.name.split(".")[1] for file in (settings.data / "pesan").glob(f"{id}.*"))


@contextmanager
def opened(settings: Settings) -> Iterator[Mapping[str, Documents]]:
    """The stores of all services, for whoever looks again and again."""
    with ExitStack() as stack:
        yield {
            service: stack.enter_context(closing(open_documents(settings.documents(service), service)))
            for service in COLLECTIONS
        }


def pending(stores: Mapping[str, Documents], id: str) -> list[str]:
    """To-dos that nobody finished, of all services; what is only due in days (retention) is not waited for.

    A service that has not heard of the case has everything to do.
    """
    soon = rfc3339(real_now() + timedelta(days=1))
    found = []
    for service, store in stores.items():
        case = store.find(COLLECTIONS[service], {"id": id})
        todos = case[0].body["todos"] if case else {"everything": {"due": ""}}
        found += [name for name, todo in todos.items() if todo["due"] < soon]
    return found


def count(settings: Settings, service: str) -> int:
    """How many cases a service stores."""
    with closing(open_documents(settings.documents(service), service)) as store:
        return store.count(COLLECTIONS[service], {})


def owners(settings: Settings, group: str, topics: Iterable[str]) -> dict[str, tuple[str | None, int]]:
    """Lane → (member of the group that owns it, next offset it has committed)."""
    found = members.owners(settings.events(), group)
    return {topic: found[topic] for topic in topics if topic in found}


def _case(settings: Settings, service: str, id: str) -> dict[str, Any] | None:
    found = _found(settings, service, COLLECTIONS[service], {"id": id})
    return found[0].body if found else None


def _of(settings: Settings, service: str, collection: str, id: str) -> list[Doc]:
    return _found(settings, service, collection, {"permohonan": id})


def _found(settings: Settings, service: str, collection: str, where: dict[str, Any]) -> list[Doc]:
    with closing(open_documents(settings.documents(service), service)) as store:
        return store.find(collection, where, limit=1000)
