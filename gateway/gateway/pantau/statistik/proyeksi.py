"""Keeps the rows up to the log: per kelurahan a place, from which events are folded into rows, batch by batch.

The place is written after the rows. A crash between repeats events, which the rows' vectors drop; two projectors at
once do the same. A place of another epoch or of another fold begins again at offset 0, as a new generation: a row of
an older one, left or written late by a slower projector, counts as no row at all.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import structlog

from chassis.contracts import Contracts
from chassis.envelope import Event, NotAnEvent, incoming
from chassis.ids import new_id
from chassis.lease import Lease
from chassis.ports.documents import Collection, Doc, Documents, Index
from chassis.ports.errors import Duplicate, PortError
from chassis.ports.events import Events, Record
from gateway.pantau.statistik import baris
from gateway.pantau.statistik.baris import Row

ROWS = Collection("statistik", (Index(("akhir",)), Index(("terbuka",))))
PLACES = Collection("statistik_posisi")
_PLACE = "posisi"
_BATCH = 500  # records folded before their rows are written
_PAGE = 500
_PAUSE = 0.5  # seconds in which events gather: a case has several in a second, its row is written once
_log = structlog.get_logger(__name__)


class Projector:
    """`run` in one thread of gateway-pantau; of several processes one works, the others wait for its lease."""

    def __init__(self, documents: Documents, events: Events, contracts: Contracts, zone: ZoneInfo) -> None:
        self._documents, self._events, self._contracts, self._zone = documents, events, contracts, zone
        self._prefix = contracts.families["peristiwa"].prefix
        self._lease = Lease(documents, "statistik")

    def run(self, stop: threading.Event) -> None:
        watch = None
        while not stop.is_set():
            try:
                watch = watch or self._events.watch()
                if not self._lease.hold():
                    stop.wait(1.0)
                elif not (folded := self.step()):
                    watch.wait(1.0)
                elif folded < _BATCH:
                    stop.wait(_PAUSE)
            except PortError as error:
                _log.warning("engine_away", error=repr(error))
                watch = None
                stop.wait(1.0)
        self._lease.release()

    def step(self) -> int:
        """Fold at most one batch of each kelurahan; how many records."""
        epoch, topics = self._events.epoch(), self._topics()
        places = {doc.scope: doc for doc in self._all(PLACES.name)}
        folded = 0
        for topic, (_, end) in self._events.bounds(topics).items():
            doc = places.get(kode := topic.removeprefix(self._prefix))
            stale = doc is not None and not _good(doc, epoch)
            if stale or _offset(doc, epoch) < end:
                folded += self._lane(kode, topic, epoch, doc)
        return folded

    def lag(self) -> int:
        """Records of the log that no row knows of yet."""
        bounds = self._events.bounds(self._topics())
        epoch = self._events.epoch()
        return sum(end - self._place(t.removeprefix(self._prefix), epoch) for t, (_, end) in bounds.items())

    def rebuild(self) -> None:
        """Forget every row; whoever projects, this process or a running one, folds the whole log anew."""
        for kode in {doc.scope for name in (ROWS, PLACES) for doc in self._all(name.name)}:
            self._forget(kode)

    def digest(self) -> str:
        """SHA-256 over all rows: equal for the same events, however they were folded."""
        rows = ([doc.scope, doc.id, _told(doc)] for doc in self._all(ROWS.name))
        text = "\n".join(json.dumps(row, sort_keys=True, separators=(",", ":")) for row in rows)
        return hashlib.sha256(text.encode()).hexdigest()

    def differences(self) -> Iterator[tuple[str, str]]:
        """(application, what) where a row is not what its events give; a row ahead of the place is compared too."""
        epoch = self._events.epoch()
        for topic in self._topics():
            kode = topic.removeprefix(self._prefix)
            stored = {doc.id: _told(doc) for doc in self._all(ROWS.name, kode)}
            rows: dict[str, Row] = {}
            place = self._place(kode, epoch)
            for record, event in self._read(topic, 0):
                known = stored.get(event.subject, {}).get("v", {}).get(event.source, 0)
                if event.sequence <= known:
                    rows[event.subject] = baris.fold(rows.get(event.subject), event, self._zone)
                elif record.offset < place:
                    yield event.subject, f"event {event.sequence} of {event.source} is not in its row"
            for id in sorted(stored.keys() | rows.keys()):
                if stored.get(id) != rows.get(id):
                    yield id, "its row is not what its events give"

    def _lane(self, kode: str, topic: str, epoch: str, doc: Doc | None) -> int:
        if doc is not None and not _good(doc, epoch):
            self._forget(kode)
            doc = None
        records = self._events.read(topic, _offset(doc, epoch), _BATCH)
        if records:
            generation = new_id() if doc is None else str(doc.body["g"])
            self._write(kode, generation, [event for _, event in self._known(records)])
            body = {"epoch": epoch, "offset": records[-1].offset + 1, "versi": baris.VERSION, "g": generation}
            _put(self._documents, PLACES.name, Doc(scope=kode, id=_PLACE, rev=1, body=body), doc)
        return len(records)

    def _write(self, kode: str, generation: str, events: list[Event]) -> None:
        """Each row once per batch. Somebody else's row at this moment: the whole batch is done again."""
        olds: dict[str, Doc | None] = {}
        rows: dict[str, Row | None] = {}
        for event in events:
            id = event.subject
            if id not in olds:
                olds[id] = old = self._documents.get(ROWS.name, kode, id)
                rows[id] = None if old is None or old.body["g"] != generation else old.body
            rows[id] = {**baris.fold(rows[id], event, self._zone), "g": generation}
        for id, row in rows.items():
            old = olds[id]
            if row is not None and (old is None or old.body != row):
                _put(self._documents, ROWS.name, Doc(scope=kode, id=id, rev=1, body=row), old)

    def _place(self, kode: str, epoch: str) -> int:
        return _offset(self._documents.get(PLACES.name, kode, _PLACE), epoch)

    def _forget(self, kode: str) -> None:
        """The place first: with it gone, whatever is left of the rows is only repeated."""
        for name in (PLACES.name, ROWS.name):
            for doc in self._all(name, kode):
                self._documents.delete(name, doc.scope, doc.id, doc.rev)

    def _read(self, topic: str, offset: int) -> Iterator[tuple[Record, Event]]:
        while records := self._events.read(topic, offset, _BATCH):
            yield from self._known(records)
            offset = records[-1].offset + 1

    def _known(self, records: list[Record]) -> Iterator[tuple[Record, Event]]:
        """What is no event of ours is passed over, as everywhere."""
        for record in records:
            try:
                yield record, incoming(record, "peristiwa", self._contracts.scope_extension)
            except NotAnEvent:
                continue

    def _all(self, name: str, kode: str = "") -> Iterator[Doc]:
        where, after = ({"scope": kode} if kode else {}), list[str]()
        while page := self._documents.find(name, where, order=("scope", "id"), limit=_PAGE, after=after):
            yield from page
            after = [page[-1].scope, page[-1].id]

    def _topics(self) -> list[str]:
        return self._events.topics(self._prefix)


class _Overtaken(PortError):
    """Another projector wrote this row or place: look again."""


def _told(doc: Doc) -> Row:
    """The row without its generation."""
    return {name: value for name, value in doc.body.items() if name != "g"}


def _good(doc: Doc, epoch: str) -> bool:
    return bool(doc.body["epoch"] == epoch and doc.body["versi"] == baris.VERSION)


def _offset(doc: Doc | None, epoch: str) -> int:
    """The next record to fold by what this place says; of another epoch or version it says nothing."""
    return int(doc.body["offset"]) if doc is not None and _good(doc, epoch) else 0


def _put(documents: Documents, name: str, doc: Doc, old: Doc | None) -> None:
    if old is None:
        try:
            documents.insert(name, doc, quiet=True)
        except Duplicate as error:
            raise _Overtaken(doc.id) from error
    elif not documents.replace(name, replace(doc, rev=old.rev + 1), old.rev, quiet=True):
        raise _Overtaken(doc.id)
