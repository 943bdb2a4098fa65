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
REMEMBERED = 5000  # identities that one lane knows of
SCANNED = 5000  # records looked at for one page at most
_CE = "ce_"
_NEEDED = {"id", "source", "type", "subject"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """CloudEvents in structured form, the offsets after each, the cursor after all, whether more is there now."""

    events: list[dict[str, Any]]
    after: list[dict[str, int]]
    cursor: Cursor
    more: bool


def page(
    events: Events, topics: Mapping[str, str], at: Cursor | None, types: Collection[str], limit: int
) -> Page:
    """Up to `limit` events after a cursor; `topics` maps kelurahan to topic, no `types` means all.

    Raises the problem `kursor-usang`.
    """
    epoch, bounds, offsets = begin(events, topics, at)
    lanes = [Lane(events, kode, topic, offsets[kode], bounds[topic]) for kode, topic in topics.items()]
    found: list[dict[str, Any]] = []
    after: list[dict[str, int]] = []
    for lane, record in _merged(lanes):
        offsets[lane.kode] = record.offset + 1
        event = structured(record) if lane.new(record) else None
        if event is not None and (not types or event["type"] in types):
            found.append(event)
            after.append(dict(offsets))
        if len(found) == limit:
            break
    more = any(offsets[kode] < bounds[topic][1] for kode, topic in topics.items())
    return Page(events=found, after=after, cursor=Cursor(epoch, offsets), more=more)


def begin(
    events: Events, topics: Mapping[str, str], at: Cursor | None
) -> tuple[str, dict[str, tuple[int, int]], dict[str, int]]:
    """Epoch and bounds of the log, and the offset of each kelurahan at the cursor (none: the first ones).

    Raises the problem `kursor-usang`.
    """
    epoch, bounds = events.epoch(), events.bounds(list(topics.values()))
    offsets = {kode: bounds[topic][0] for kode, topic in topics.items()}
    if at is None:
        return epoch, bounds, offsets
    known = {kode: offset for kode, offset in at.offsets.items() if kode in topics}
    if at.epoch != epoch or any(not _holds(bounds[topics[k]], o) for k, o in known.items()):
        raise cursors.stale(Cursor(epoch, offsets))
    return epoch, bounds, offsets | known


def structured(record: Record) -> dict[str, Any] | None:
    """A record as a CloudEvent in JSON (CloudEvents JSON event format 1.0); None for what is no event of ours."""
    event: dict[str, Any] = {k[3:]: v for k, v in record.headers.items() if k.startswith(_CE)}
    if not event.keys() >= _NEEDED:
        return None
    event["datacontenttype"] = record.headers.get("content-type", "application/json")
    if "traceparent" in record.headers:
        event["traceparent"] = record.headers["traceparent"]
    try:
        event["data"] = None if record.value is None else json.loads(record.value)
    except ValueError:
        return None
    return event


class Lane:
    """One topic from a place on, read in batches; a tail reader moves `end` as the topic grows."""

    def __init__(self, events: Events, kode: str, topic: str, offset: int, bounds: tuple[int, int]) -> None:
        self.kode = kode
        self.end = bounds[1]
        self._events, self._topic, self._next = events, topic, offset
        self._queue: deque[Record] = deque()
        self._seen: dict[tuple[str, str], None] = {}  # the newest, oldest first
        if offset < self.end:
            start = max(bounds[0], offset - LOOKBACK)
            before = events.read(topic, start, offset - start) if offset > start else []
            self._seen = dict.fromkeys(_identity(record) for record in before if record.offset < offset)

    def take(self) -> Record | None:
        if not self._queue and self._next < self.end:
            self._queue.extend(self._events.read(self._topic, self._next, BATCH))
            self._next = self._queue[-1].offset + 1 if self._queue else self.end
        return self._queue.popleft() if self._queue else None

    def new(self, record: Record) -> bool:
        identity = _identity(record)
        if identity in self._seen:
            return False
        self._seen[identity] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return True


def _merged(lanes: list[Lane]) -> Iterator[tuple[Lane, Record]]:
    """Always the lane whose next event is the oldest; a lane's own order is never touched."""
    heap: list[tuple[str, str, Lane, Record]] = []

    def push(lane: Lane) -> None:
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
