"""The unified stream: ordered inside a kelurahan, between kelurahan by time; stateless, so any cursor resumes.

An event that a filter leaves out still moves the cursor. A repeat (same source and id) is dropped: repeats come
from a relay that sent a batch again, so the originals lie close before and are looked for there.
"""

from __future__ import annotations

import heapq
import json
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.ports.events import Events, Record
from gateway.pantau import cursor as cursors
from gateway.pantau.cursor import Cursor

BATCH = 200  # records read at a time from one topic
LOOKBACK = 500  # records before the cursor in which originals of repeats are looked for
SCANNED = 5000  # records looked at for one page at most
_CE = "ce_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """CloudEvents in structured form, the cursor after them, and whether more is there now."""

    events: list[dict[str, Any]]
    cursor: Cursor
    more: bool


def page(
    events: Events, topics: Mapping[str, str], at: Cursor | None, types: Collection[str], limit: int
) -> Page:
    """Up to `limit` events after a cursor; `topics` maps kelurahan to topic, no `types` means all.

    Raises the problem `kursor-usang`.
    """
    epoch, bounds = events.epoch(), events.bounds(list(topics.values()))
    first = Cursor(epoch, {kode: bounds[topic][0] for kode, topic in topics.items()})
    offsets = dict(first.offsets)
    if at is not None:
        known = {kode: offset for kode, offset in at.offsets.items() if kode in topics}
        if at.epoch != epoch or any(not _holds(bounds[topics[k]], o) for k, o in known.items()):
            raise cursors.stale(first)
        offsets |= known
    lanes = [_Lane(events, kode, topic, offsets[kode], bounds[topic]) for kode, topic in topics.items()]
    found: list[dict[str, Any]] = []
    for lane, record in _merged(lanes):
        if lane.new(record) and (not types or record.headers[_CE + "type"] in types):
            found.append(structured(record))
        offsets[lane.kode] = record.offset + 1
        if len(found) == limit:
            break
    more = any(offsets[kode] < bounds[topic][1] for kode, topic in topics.items())
    return Page(events=found, cursor=Cursor(epoch, offsets), more=more)


def structured(record: Record) -> dict[str, Any]:
    """A record as a CloudEvent in JSON (CloudEvents JSON event format 1.0)."""
    event: dict[str, Any] = {k[3:]: v for k, v in record.headers.items() if k.startswith(_CE)}
    event["datacontenttype"] = record.headers.get("content-type", "application/json")
    if "traceparent" in record.headers:
        event["traceparent"] = record.headers["traceparent"]
    event["data"] = None if record.value is None else json.loads(record.value)
    return event


class _Lane:
    """One topic from a place on, read in batches."""

    def __init__(self, events: Events, kode: str, topic: str, offset: int, bounds: tuple[int, int]) -> None:
        self.kode = kode
        self._events, self._topic, self._next, self._end = events, topic, offset, bounds[1]
        self._queue: deque[Record] = deque()
        self._seen: set[tuple[str, str]] = set()
        if offset < self._end:
            start = max(bounds[0], offset - LOOKBACK)
            before = events.read(topic, start, offset - start) if offset > start else []
            self._seen = {_identity(record) for record in before if record.offset < offset}

    def take(self) -> Record | None:
        if not self._queue and self._next < self._end:
            self._queue.extend(self._events.read(self._topic, self._next, BATCH))
            self._next = self._queue[-1].offset + 1 if self._queue else self._end
        return self._queue.popleft() if self._queue else None

    def new(self, record: Record) -> bool:
        identity = _identity(record)
        fresh = identity not in self._seen
        self._seen.add(identity)
        return fresh


def _merged(lanes: list[_Lane]) -> Iterator[tuple[_Lane, Record]]:
    """Always the lane whose next event is the oldest; a lane's own order is never touched."""
    heap: list[tuple[str, str, _Lane, Record]] = []

    def push(lane: _Lane) -> None:
        record = lane.take()
        if record is not None:
            heapq.heappush(heap, (record.headers.get(_CE + "time", ""), lane.kode, lane, record))

    for lane in lanes:
        push(lane)
    for _ in range(SCANNED):
        if not heap:
            return
        _, _, lane, record = heapq.heappop(heap)
        yield lane, record
        push(lane)


def _identity(record: Record) -> tuple[str, str]:
    return record.headers.get(_CE + "source", ""), record.headers.get(_CE + "id", "")


def _holds(bounds: tuple[int, int], offset: int) -> bool:
    return bounds[0] <= offset <= bounds[1]
