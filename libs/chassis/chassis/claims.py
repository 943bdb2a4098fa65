"""Carry out to-dos: claim in the document, work outside of it, write the effect and the end in one write.

At most two in flight per scope and per target; scopes take turns. A claim whose holder died is due again when
its time is over. A to-do without `run` is a timer: its decision alone is its effect.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog

from chassis import memory, todos, trace
from chassis.aggregate import Aggregates, Conflict, Outcome
from chassis.causes import Cause, Decision, Moment, State
from chassis.clock import rfc3339
from chassis.ids import new_id
from chassis.metrics import Metrics
from chassis.ports.documents import Doc
from chassis.ports.errors import PortError

TOGETHER = 2  # in flight per scope and per target
LOOK = 2.0  # seconds until the stores are asked again though nobody wrote: a claim that another worker left behind
_NEVER = "~"  # after every time
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """How one kind of to-do is done. `then(state, result, at)` decides; `run` may take `deadline` seconds."""

    then: Callable[[State, Any, Moment], Decision]
    run: Callable[[Outcome, Mapping[str, Any]], Any] | None = None
    deadline: float = 60.0


class Claims:
    """Run by one thread of a worker, with a small pool for the work itself."""

    def __init__(self, stores: Sequence[tuple[Aggregates, Mapping[str, Task]]], metrics: Metrics) -> None:
        self._stores, self._metrics, self._me = stores, metrics, new_id()
        self._pool = ThreadPoolExecutor(6, thread_name_prefix="claim")
        self._busy: Counter[str] = Counter()
        self._lock, self._taken = threading.Lock(), set[tuple[str, str, str]]()
        self._wake = threading.Event()
        self._first, self._looked = {"real": "", "office": ""}, 0.0  # when the earliest is due, by clock

    def run(self, stop: threading.Event) -> None:
        watch = self._stores[0][0].documents.watch()
        try:
            while not stop.is_set():
                try:
                    started = self.step()
                except PortError as error:
                    _log.warning("claims_engine_away", error=repr(error))
                    started, self._looked = 0, 0.0
                news = bool(started)
                while not (news or self._wake.is_set() or stop.is_set()):
                    news = watch.wait(0.25) or self._late()
                self._wake.clear()
            self._pool.shutdown(wait=True)
        finally:
            watch.close()

    def step(self) -> int:
        """Start what is due and allowed; the number started."""
        return sum(self._start(store, tasks, doc, id) for store, tasks, doc, id in self._due())

    def _due(self) -> list[tuple[Aggregates, Mapping[str, Task], Doc, str]]:
        """Ready to-dos, the first of each scope before the second of any."""
        found, self._looked = [], time.monotonic()
        first = {"real": _NEVER, "office": _NEVER}
        for store, tasks in self._stores:
            real, office = rfc3339(store.clock.real()), rfc3339(store.clock.now())
            docs = {}
            for clock, now in (("real", real), ("office", office)):
                path, earliest = f"due.{clock}", _NEVER
                for doc in store.documents.find(
                    store.name, {path: {"exists": True}}, order=(path, "id"), limit=1
                ):
                    earliest = doc.body["due"][clock]
                first[clock] = min(first[clock], earliest)
                if earliest <= now:
                    for doc in store.documents.find(store.name, {path: {"lte": now}}, order=(path, "id")):
                        docs[doc.scope, doc.id] = doc
            turn: Counter[str] = Counter()
            for doc in docs.values():
                for id in todos.ready(doc.body, office, real):
                    turn[doc.scope] += 1
                    found.append((turn[doc.scope], store, tasks, doc, id))
        self._first = first
        found.sort(key=lambda item: item[0])
        return [item[1:] for item in found]

    def _late(self) -> bool:
        """Something may be due by now, or nobody has looked for a while."""
        clock = self._stores[0][0].clock
        due = self._first["real"] <= rfc3339(clock.real()) or self._first["office"] <= rfc3339(clock.now())
        return due or time.monotonic() - self._looked >= LOOK

    def _start(self, store: Aggregates, tasks: Mapping[str, Task], doc: Doc, id: str) -> int:
        todo = doc.body["todos"][id]
        limited = [f"scope:{doc.scope}"] + ([f"target:{todo['target']}"] if todo["target"] else [])
        key = (store.name, doc.id, id)
        with self._lock:
            if key in self._taken or any(self._busy[k] >= TOGETHER for k in limited):
                return 0
            self._taken.add(key)
            self._busy.update(limited)
        task = tasks[todo["kind"]]
        self._pool.submit(self._do, store, task, doc, id, limited, key)
        return 1

    def _do(
        self, store: Aggregates, task: Task, doc: Doc, id: str, limited: list[str], key: tuple[str, str, str]
    ) -> None:
        kind, result = doc.body["todos"][id]["kind"], "done"
        trace.start(None)
        try:
            claimed = self._claim(store, task, doc, id) if task.run else doc
            if claimed is not None:
                self._carry_out(store, task, claimed, id)
        except (PortError, Conflict) as error:
            result = "retry"
            _log.warning("todo_engine_away", kind=kind, id=doc.id, error=repr(error))
        except Exception as error:
            result = "failed"
            _log.exception("todo_failed", kind=kind, id=doc.id)
            _give_back(store, doc, id, type(error).__name__)
        finally:
            self._metrics.count("ekel_todo_total", service=store.service, kind=kind, outcome=result)
            with self._lock:
                self._taken.discard(key)
                self._busy.subtract(limited)
            if result != "retry":  # nothing changed: it is due still, and looked at again in a moment
                self._wake.set()

    def _carry_out(self, store: Aggregates, task: Task, doc: Doc, id: str) -> None:
        todo = doc.body["todos"][id]
        outcome = Outcome(scope=doc.scope, id=doc.id, state=doc.body["state"], version=doc.body["version"])
        result = task.run(outcome, todo["data"]) if task.run else todo["data"]

        def decide(state: State | None, at: Moment) -> Decision:
            return task.then(state or {}, result, at)

        store.update(doc.scope, doc.id, decide, Cause.todo(id))

    def _claim(self, store: Aggregates, task: Task, doc: Doc, id: str) -> Doc | None:
        """The document with our claim in it; None if somebody else wrote first."""
        body = memory.copied(doc.body)
        todos.claim(body, id, self._me, store.clock.real() + timedelta(seconds=task.deadline))
        new = replace(doc, rev=doc.rev + 1, body=body)
        return new if store.documents.replace(store.name, new, doc.rev, (), quiet=True) else None


def _give_back(store: Aggregates, doc: Doc, id: str, reason: str) -> None:
    """After a failure: due again later. Whoever wrote meanwhile wins; the claim then simply runs out."""
    current = store.documents.get(store.name, doc.scope, doc.id)
    if current is not None and id in current.body["todos"]:
        body = memory.copied(current.body)
        todos.release(body, id, store.clock.real(), reason)
        store.documents.replace(store.name, replace(current, rev=current.rev + 1, body=body), current.rev)
