"""Consume: the events of a lane in order, one thread per scope; retry, park or halt; commit what is done."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile

import structlog

from chassis import deadletters, faults
from chassis.aggregate import Conflict, Outcome
from chassis.dispatch import Dispatcher, UnknownMajor
from chassis.envelope import Event, NotAnEvent
from chassis.lanes import HIGH, LOW, Lane, Lanes
from chassis.metrics import Metrics
from chassis.ports.errors import LaneLost, PortError
from chassis.ports.events import Consumer, Events, Record

THREADS, TRIES, RUN = 8, 3, 50
TOGETHER = 10  # most events of one write
BAD_RELEASE = 3, 2, 60.0  # applications, scopes, seconds
REPLAY = 0.2  # seconds between two looks for what an operator released
_log = structlog.get_logger(__name__)


class Worker:
    """The consuming half of a service; `healthy()` says whether it still polls and no lane is halted."""

    def __init__(self, events: Events, dispatcher: Dispatcher, metrics: Metrics) -> None:
        self._events, self._dispatcher, self._metrics = events, dispatcher, metrics
        self._service = dispatcher.service
        self._lanes, self._poisons = Lanes(), deque[tuple[float, str, str, str]]()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="lane")
        self._polled, self._replayed, self._ending = time.monotonic(), 0.0, threading.Event()

    def run(self, stop: threading.Event) -> None:
        consumer = self._events.consumer(self._service, self._dispatcher.prefixes())
        try:
            while not stop.is_set():
                try:
                    self.step(consumer, 0.25)
                except PortError as error:
                    _log.warning("worker_engine_away", error=repr(error))
                    stop.wait(0.5)
            self._ending.set()
            self._pool.shutdown(wait=True)
        finally:
            consumer.close()

    def step(self, consumer: Consumer, timeout: float) -> None:
        """Poll once, queue what came, hand work to the pool."""
        for record in consumer.poll(timeout):
            self._lanes.put(record, self._scope(record.topic))
        self._polled = time.monotonic()
        for lane in self._lanes.keep(consumer.lanes()):
            self._hand_over(consumer, lane)
        for lane in self._lanes.all():
            self._throttle(consumer, lane)
        self._hand_out(consumer)
        self._replay(consumer)

    def healthy(self) -> str:
        """Empty, or why this worker must not be trusted."""
        if halted := self.halted():
            return f"lanes halted: {', '.join(halted)}"
        silent = time.monotonic() - self._polled
        return f"no poll for {silent:.0f} s" if silent > 30 else ""

    def halted(self) -> list[str]:
        """Lanes that wait for a repaired release."""
        return sorted(lane.topic for lane in self._lanes.all() if lane.halted)

    def _scope(self, topic: str) -> str:
        return topic.removeprefix(self._dispatcher.contracts.family_of(topic).prefix) or topic

    def _throttle(self, consumer: Consumer, lane: Lane) -> None:
        if not lane.paused and len(lane.queue) >= HIGH:
            consumer.pause(lane.topic)
            lane.paused = True
        elif lane.paused and len(lane.queue) <= LOW:
            consumer.resume(lane.topic)
            lane.paused = False

    def _hand_out(self, consumer: Consumer) -> None:
        if not self._ending.is_set():
            for lane in self._lanes.take():
                self._pool.submit(self._work, consumer, lane)

    def _hand_over(self, consumer: Consumer, lane: Lane) -> None:
        """A lane that goes to another member: what is queued here is the first thing it has to do there."""
        try:
            consumer.commit(lane.topic, lane.queue[0].offset)
        except LaneLost:
            _log.info("lane_taken_over", topic=lane.topic)

    def _work(self, consumer: Consumer, lane: Lane) -> None:
        """Up to RUN events of one lane, then one commit; ends early at trouble."""
        done = None
        try:
            handled = 0
            while handled < RUN and lane.owned and lane.queue:
                count = self._together(lane) or int(self._one(lane, lane.queue[0]))
                if not count:
                    break
                for _ in range(count):
                    done = lane.queue.popleft()
                handled, lane.alone = handled + count, max(0, lane.alone - count)
            faults.point("worker.after_effect")
            if done is not None:
                consumer.commit(lane.topic, done.offset + 1)
        except LaneLost:
            lane.owned = False
        except PortError as error:
            _log.warning("lane_engine_away", topic=lane.topic, error=repr(error))
        except Exception as error:
            lane.halted = type(error).__name__
            _log.exception("lane_halted", topic=lane.topic)
        finally:
            self._lanes.give_back(lane.scope)
            self._hand_out(consumer)

    def _together(self, lane: Lane) -> int:
        """Handle what one decision told of one document in one write: how many records; 0 if they go one by one."""
        if lane.alone:
            return 0
        some = [lane.queue[n] for n in range(min(len(lane.queue), TOGETHER))]
        alike = list(takewhile(lambda record: record.key == some[0].key, some))
        if len(alike) < 2:
            return 0
        try:
            handled = self._dispatcher.together(alike)
        except Exception as error:  # the one that fails does so again by itself, and is told from the others
            _log.info(
                "events_one_by_one", topic=lane.topic, offset=alike[0].offset, error=type(error).__name__
            )
            lane.alone = len(alike)
            return 0
        for event, outcome in handled:
            self._count(event, outcome)
        return len(handled)

    def _one(self, lane: Lane, record: Record) -> bool:
        """Handle one record; False leaves it at the head of its lane."""
        try:
            event = self._dispatcher.event(record)
        except NotAnEvent as error:
            self._metrics.count("ekel_unknown_events_total", service=self._service)
            _log.error("record_unreadable", error=str(error))
            return True
        try:
            outcome = self._dispatcher.apply(record, event)
        except (PortError, Conflict, UnknownMajor) as error:
            lane.tries += 1
            lane.not_before = time.monotonic() + min(30.0, 0.2 * 2**lane.tries)
            _log.warning("lane_waits", topic=lane.topic, offset=record.offset, error=repr(error))
            return False
        except Exception as error:
            return self._poisoned(lane, record, event, error)
        lane.tries = 0
        self._count(event, outcome)
        return True

    def _count(self, event: Event, outcome: Outcome | None) -> None:
        done = "ignored" if outcome is None else "parked" if outcome.parked else "handled"
        self._metrics.count("ekel_events_handled_total", service=self._service, type=event.type, outcome=done)

    def _poisoned(self, lane: Lane, record: Record, event: Event, error: Exception) -> bool:
        lane.tries += 1
        where = {"topic": record.topic, "offset": record.offset, "type": event.type, "id": event.subject}
        _log.warning("event_failed", tries=lane.tries, error=type(error).__name__, exc_info=error, **where)
        if lane.tries < TRIES:
            lane.not_before = time.monotonic() + 0.05 * 4**lane.tries
            return False
        lane.tries = 0
        if self._bad_release(type(error).__name__, event):
            lane.halted = type(error).__name__
            return False
        self._dispatcher.park(record, event, type(error).__name__)
        return True

    def _bad_release(self, error: str, event: Event) -> bool:
        """The same exception in several applications of several scopes is a defect of ours, not of the data."""
        now = time.monotonic()
        self._poisons.append((now, error, event.scope, event.subject))
        applications, scopes, seconds = BAD_RELEASE
        same = [p for p in self._poisons if p[1] == error and now - p[0] < seconds]
        return len({p[3] for p in same}) >= applications and len({p[2] for p in same}) >= scopes

    def _replay(self, consumer: Consumer) -> None:
        """Heads of parked queues that an operator released, for lanes of ours; asked now and then."""
        if self._polled - self._replayed < REPLAY:
            return
        self._replayed = self._polled
        scopes = {self._scope(topic) for topic in consumer.lanes()}
        for scope, id in deadletters.released(self._dispatcher.cases, scopes):
            if self._lanes.reserve(scope):
                self._pool.submit(self._replay_one, scope, id)

    def _replay_one(self, scope: str, id: str) -> None:
        try:
            deadletters.replay(self._dispatcher, self._events, scope, id)
        except Exception as error:
            _log.warning("replay_failed", id=id, error=type(error).__name__, exc_info=error)
            deadletters.refuse(self._dispatcher.cases, scope, id, type(error).__name__)
        finally:
            self._lanes.give_back(scope)
