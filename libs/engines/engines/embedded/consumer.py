"""One member of a group on the embedded log: shares the lanes, reads them in turn, commits under its token."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from chassis.ids import new_id
from chassis.ports.documents import Watch
from chassis.ports.errors import LaneLost
from chassis.ports.events import Record
from engines.embedded.groups import Group, Lane
from engines.embedded.lanes import assign
from engines.embedded.others import Others

TICK = 0.25  # seconds between two looks at the group and the topics
BEAT = 2.0  # seconds between two signs of life of a member that polls
HANDOVER = 12.0  # seconds a lane waits for work in flight before it is given up; a handler has 10


@dataclass(slots=True, kw_only=True)
class Owned:
    """A lane of ours. `position` is the offset polled next; `leaving` since (monotonic) somebody waits for it."""

    token: int
    position: int
    committed: int
    paused: bool = False
    leaving: float | None = None

    @property
    def idle(self) -> bool:
        return self.committed >= self.position


class GroupConsumer:
    """`Consumer`; `read` and `ends` (next offset per topic) are those of the log, `watch` is ours to close."""

    def __init__(
        self,
        group: Group,
        prefixes: Sequence[str],
        *,
        read: Callable[[str, int, int], list[Record]],
        ends: Callable[[], dict[str, int]],
        watch: Watch,
    ) -> None:
        self._group, self._prefixes = group, tuple(prefixes)
        self._read, self._ends, self._watch = read, ends, watch
        self._id = new_id()
        self._owned: dict[str, Owned] = {}
        self._lock = Lock()  # guards _owned: `commit` comes from any thread
        self._last_tick = self._last_beat = float("-inf")
        self._others = Others(group, self._id)
        self._planned: tuple[object, dict[str, str]] = (None, {})  # the last plan and what it was made from
        self._turn = 0
        self._held = group.hold(self._id)
        self._closed = False

    def poll(self, timeout: float, limit: int = 100) -> list[Record]:
        deadline = time.monotonic() + timeout
        while True:
            if time.monotonic() - self._last_tick >= TICK:
                self._tick(time.monotonic())
            records = self._fetch(limit)
            left = deadline - time.monotonic()
            if records or left <= 0:
                return records
            self._watch.wait(min(left, TICK))

    def lanes(self) -> frozenset[str]:
        with self._lock:
            return frozenset(topic for topic, lane in self._owned.items() if lane.leaving is None)

    def pause(self, topic: str) -> None:
        self._set_paused(topic, True)

    def resume(self, topic: str) -> None:
        self._set_paused(topic, False)

    def commit(self, topic: str, offset: int) -> None:
        with self._lock:
            lane = self._owned.get(topic)
        if lane is None or not self._group.commit(topic, self._id, lane.token, offset):
            self._drop(topic, lane)
            raise LaneLost(topic)
        lane.committed = offset
        if lane.leaving is not None:  # the one record in flight is done
            self._release(topic, lane)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        with self._lock:
            self._owned.clear()
        try:
            self._group.leave(self._id)
        finally:
            os.close(self._held)
            self._watch.close()

    def _fetch(self, limit: int) -> list[Record]:
        """Round-robin: every lane with news gets an equal share, another lane goes first each time."""
        ends = self._ends()
        with self._lock:
            ready = [
                (topic, lane) for topic, lane in self._owned.items() if _has_news(lane, ends.get(topic, 0))
            ]
        if not ready:
            return []
        self._turn = (self._turn + 1) % len(ready)
        share = max(1, limit // len(ready))
        records: list[Record] = []
        for topic, lane in ready[self._turn :] + ready[: self._turn]:
            some = self._read(topic, lane.position, min(share, limit - len(records)))
            if some and self._owned.get(topic) is lane:
                lane.position = some[-1].offset + 1
                records += some
            if len(records) >= limit:
                break
        return records

    def _tick(self, now: float) -> None:
        """Show that we live, see who else does, give up what others should have, take what is ours."""
        if now - self._last_beat >= BEAT:
            self._group.beat(self._id, self._prefixes)
            self._last_beat = now
        live = {self._id: self._prefixes} | self._others.live(now)
        stored = self._group.lanes()
        owners = {topic: lane.owner for topic, lane in stored.items()}
        if (asked := (tuple(self._ends()), live, owners)) != self._planned[0]:
            self._planned = asked, assign(*asked)
        plan = self._planned[1]
        self._give_up(plan, stored, now)
        orphans = self._orphans(stored)
        free = [topic for topic in plan if owners.get(topic) not in live or topic in orphans]
        mine = {topic: stored.get(topic, Lane()) for topic in free if plan[topic] == self._id}
        if mine:
            self._group.claim(mine, self._id)
            self._adopt(self._group.lanes())
        self._last_tick = now

    def _give_up(self, plan: Mapping[str, str], stored: Mapping[str, Lane], now: float) -> None:
        with self._lock:
            owned = list(self._owned.items())
        for topic, lane in owned:
            row = stored.get(topic, Lane())
            if row.owner != self._id or row.token != lane.token:
                self._drop(topic, lane)
            elif plan.get(topic) == self._id:
                lane.leaving = None
            else:
                lane.leaving = lane.leaving or now
                if lane.idle or now - lane.leaving >= HANDOVER:
                    self._release(topic, lane)
        for topic in self._orphans(stored) - {topic for topic, member in plan.items() if member == self._id}:
            self._group.release(topic, self._id, stored[topic].token)

    def _orphans(self, stored: Mapping[str, Lane]) -> set[str]:
        """Lanes stored as ours that we do not know: what a release or claim cut short by an error leaves."""
        with self._lock:
            return {
                topic for topic, row in stored.items() if row.owner == self._id and topic not in self._owned
            }

    def _adopt(self, stored: Mapping[str, Lane]) -> None:
        with self._lock:
            for topic, lane in stored.items():
                if lane.owner == self._id and topic not in self._owned:
                    at = lane.committed
                    self._owned[topic] = Owned(token=lane.token, position=at, committed=at)

    def _release(self, topic: str, lane: Owned) -> None:
        self._drop(topic, lane)
        self._group.release(topic, self._id, lane.token)

    def _drop(self, topic: str, lane: Owned | None) -> None:
        with self._lock:
            if lane is not None and self._owned.get(topic) is lane:
                del self._owned[topic]

    def _set_paused(self, topic: str, paused: bool) -> None:
        with self._lock:
            if topic in self._owned:
                self._owned[topic].paused = paused


def _has_news(lane: Owned, end: int) -> bool:
    return not lane.paused and lane.leaving is None and lane.position < end
