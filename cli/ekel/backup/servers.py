"""The data of production engines as files of a backup, and back into servers that have nothing.

A backup is one moment, as on embedded engines, but the log's is held by its writers' absence: all workers are stopped
for as long as it takes, while people go on at the HTTP roles, whose events wait in their documents. The log is copied,
the documents are read as they are at one moment, and if the log has not moved by then they belong together.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from chassis.clock import real_now
from chassis.contracts import Contracts
from chassis.ports.errors import Refused
from chassis.ports.events import Events, Outgoing, Topic
from chassis.ports.objects import CHUNK
from chassis.settings import Settings
from ekel.deployables import DEPLOYABLES
from engines.history import History, open_history
from engines.open import open_events

if TYPE_CHECKING:
    from engines.production.mongo_copy import MongoCopy
    from engines.production.s3 import S3Objects

PREFIX = "ekelurahan."  # of every topic of ours
EMBEDDED, PRODUCTION = "embedded", "production"
PAGE, PATIENCE = 500, 60.0  # records; seconds


def kind(settings: Settings) -> str:
    """`embedded` (all data in the folder), `production` (all on servers) or `mixed`."""
    urls = (settings.documents_url, settings.events_url, settings.objects_url)
    on = [str(url or "").partition(":")[0] in {"mongodb", "mongodb+srv", "kafka", "s3"} for url in urls]
    if all(on):
        return PRODUCTION
    return "mixed" if any(urls) or settings.engines == PRODUCTION else EMBEDDED


class Servers:
    """The three engines; use as a context. Raises `Refused`, `Unavailable`."""

    documents: MongoCopy
    objects: S3Objects
    events: Events
    history: History

    def __init__(self, settings: Settings) -> None:
        self._settings, self._stack = settings, ExitStack()

    def __enter__(self) -> Self:
        from engines.production.mongo_copy import MongoCopy
        from engines.production.s3 import S3Objects

        history = open_history(self._settings.events())
        assert history is not None
        self.history = self._stack.enter_context(closing(history))
        self.events = self._stack.enter_context(closing(open_events(self._settings.events())))
        documents = MongoCopy(str(self._settings.documents_url), DEPLOYABLES)
        self.documents = self._stack.enter_context(closing(documents))
        self.objects = self._stack.enter_context(closing(S3Objects(self._settings.objects())))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def must_rest(self) -> None:
        """Raises `Refused` while a worker is there."""
        if working := self.history.working():
            raise Refused(
                f"stop the workers for this (the HTTP roles may go on); still at work: {', '.join(working)}"
            )

    def files(self, scratch: Path) -> Iterator[tuple[str, Path]]:
        """(Name in the backup, file) of everything; a file is good until the next is asked for."""
        self.must_rest()
        file = scratch / "store"
        ends = self._ends()
        for topic in ends:
            _write(file, self._records(topic))
            yield f"log/{topic}.jsonl", file
        self.documents.begin()
        moment = real_now()
        self._must_be(ends)
        for service in DEPLOYABLES:
            _write(file, self.documents.read(service))
            yield f"documents/{service}.jsonl", file
        for key, locked in self._keys(moment):
            _write(file, self.objects.open(key))
            yield f"objects/{'locked' if locked else 'open'}/{key}", file
        self._must_be(ends)

    def _ends(self) -> dict[str, int]:
        return {topic: end for topic, (_, end) in self.events.bounds(self.events.topics(PREFIX)).items()}

    def _must_be(self, ends: dict[str, int]) -> None:
        if self._ends() != ends:
            raise Refused("the log moved meanwhile: a worker was started; nothing was kept of this backup")

    def _records(self, topic: str) -> Iterator[bytes]:
        at, end = self.events.bounds([topic])[topic]
        while at < end and (page := self.events.read(topic, at, PAGE)):
            for record in page:
                value = None if record.value is None else b64encode(record.value).decode()
                yield json.dumps([record.key, dict(record.headers), value]).encode() + b"\n"
            at = page[-1].offset + 1

    def _keys(self, moment: datetime) -> Iterator[tuple[str, bool]]:
        """Objects that documents of this moment can know: each is known there before it is stored."""
        for info in self.objects.list(""):
            if info.modified <= moment:
                yield info.key, self.objects.locked(info.key)

    def must_be_empty(self) -> None:
        """Raises `Refused`, naming what has something."""
        found = [f"documents of {service}" for service in self.documents.full()]
        found += [f"topic {topic}" for topic, end in self._ends().items() if end]
        found += [f"object {info.key}" for info in islice(self.objects.list(""), 1)]
        if found:
            raise Refused(f"restore into empty servers only; there is {', '.join(found[:5])}")

    def fill(self, stage: Path) -> None:
        """From the unpacked files; a new epoch is the caller's to give."""
        for place in sorted((stage / "objects").glob("*/**/*")):
            if place.is_file():
                held, _, key = place.relative_to(stage / "objects").as_posix().partition("/")
                self.objects.put(key, _chunks(place), locked=held == "locked")
        logs = {path.name.removesuffix(".jsonl"): path for path in sorted((stage / "log").glob("*.jsonl"))}
        self.events.ensure(self._topics(sorted(logs)))
        for topic, path in logs.items():
            self._append(topic, path)
        for path in sorted((stage / "documents").glob("*.jsonl")):
            with path.open("rb") as lines:
                self.documents.write(path.stem, lines)

    def _append(self, topic: str, path: Path) -> None:
        with path.open("rb") as lines, closing(self.events.publisher()) as publisher:
            entries = map(json.loads, lines)
            while page := list(islice(entries, PAGE)):
                publisher.publish([_outgoing(topic, entry) for entry in page]).wait(PATIENCE)

    def _topics(self, names: list[str]) -> list[Topic]:
        """As the contracts want them; a topic they do not know any more is kept for ever."""
        offices = sorted({name.rpartition(".")[2] for name in names if name.rpartition(".")[2].isdigit()})
        wanted = {topic.name: topic for topic in Contracts(self._settings.contracts).topics(offices)}
        return [wanted.get(name, Topic(name)) for name in names]


def _outgoing(topic: str, entry: list[Any]) -> Outgoing:
    key, headers, value = entry
    return Outgoing(topic=topic, key=key, headers=headers, value=None if value is None else b64decode(value))


def _write(file: Path, chunks: Iterator[bytes]) -> None:
    with file.open("wb") as out:
        out.writelines(chunks)


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while data := content.read(CHUNK):
            yield data
