"""The one thread of a process that writes to a database: many waiting jobs, one COMMIT.

A job is a list of statements of one scope. The thread never waits for a batch to fill: it takes what waits, at
most 64 jobs, round-robin by scope, so that a flooding scope cannot starve another. Between processes an `flock`
ticket stands before BEGIN IMMEDIATE (SQLite's own `busy_timeout` starves writers for seconds beside a flooder).
No Python decision inside the transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict, deque
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from fcntl import LOCK_EX, LOCK_UN, flock
from threading import Condition, Thread

from chassis.ports.errors import PortError, Unavailable
from engines.embedded.database import Database, translate
from engines.embedded.doorbell import Ringer
from engines.embedded.transaction import Statement, commit

BATCH = 64  # jobs in one transaction
PATIENCE = 10.0  # seconds a caller waits for its turn


@dataclass(frozen=True, slots=True)
class Job:
    """Statements durable together; `done` is False when one changed another number of rows; `quiet` wakes nobody."""

    statements: Sequence[Statement]
    quiet: bool = False
    done: Future[bool] = field(default_factory=Future)


class Writer:
    """All writes of this process to one database; thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ringer = Ringer(database.path)
        self._ticket = os.open(database.ticket, os.O_RDWR | os.O_CREAT, 0o600)
        self._connection: sqlite3.Connection | None = None
        self._waiting: OrderedDict[str, deque[Job]] = OrderedDict()
        self._changed = Condition()
        self._closed = False
        self._thread = Thread(target=self._work, name=f"writer {database.path.name}", daemon=True)
        self._thread.start()

    def submit(self, scope: str, statements: Sequence[Statement], *, quiet: bool = False) -> Future[bool]:
        """Queue a job; jobs of one scope run in the order in which they were submitted."""
        job = Job(statements, quiet)
        with self._changed:
            if self._closed:
                raise Unavailable(f"{self._database.path}: closed")
            self._waiting.setdefault(scope, deque()).append(job)
            self._changed.notify()
        return job.done

    def run(self, scope: str, statements: Sequence[Statement], *, quiet: bool = False) -> bool:
        """Queue a job and wait until it is durable. False: it changed nothing. Raises the port's errors."""
        return settled(self.submit(scope, statements, quiet=quiet), PATIENCE)

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify()
        self._thread.join(PATIENCE)
        if not self._thread.is_alive():
            os.close(self._ticket)
            self._ringer.close()

    def _work(self) -> None:
        while self._wait():
            self._turn()
        if self._connection is not None:
            self._connection.close()

    def _wait(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return bool(self._waiting)

    def _turn(self) -> None:
        batch: list[tuple[str, Job]] = []
        try:
            flock(self._ticket, LOCK_EX)
            try:
                self._database.check()
                if self._connection is None:
                    self._connection = self._database.connect()
                batch = self._take()
                if not batch:  # all withdrawn
                    return
                outcomes = commit(self._connection, [job.statements for _, job in batch])
            finally:
                flock(self._ticket, LOCK_UN)
        except Exception as error:  # whatever it was, this thread lives on and every caller is told
            self._fail(batch or self._take(), translate(error) if not isinstance(error, PortError) else error)
            return
        for (_, job), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, bool):
                job.done.set_result(outcome)
            else:
                job.done.set_exception(outcome)
        if not all(job.quiet for _, job in batch):
            self._ringer.ring()

    def _take(self) -> list[tuple[str, Job]]:
        batch: list[tuple[str, Job]] = []
        with self._changed:
            while self._waiting and len(batch) < BATCH:
                scope, jobs = next(iter(self._waiting.items()))
                job = jobs.popleft()
                if jobs:
                    self._waiting.move_to_end(scope)
                else:
                    del self._waiting[scope]
                if job.done.set_running_or_notify_cancel():
                    batch.append((scope, job))
        return batch

    def _fail(self, batch: list[tuple[str, Job]], error: PortError) -> None:
        # What waits behind a failed job of its scope fails too: it must not overtake the repeat of that job.
        with self._changed:
            behind = [job for scope in {scope for scope, _ in batch} for job in self._waiting.pop(scope, ())]
        failed = [job for _, job in batch] + [j for j in behind if j.done.set_running_or_notify_cancel()]
        for job in failed:
            job.done.set_exception(Unavailable(f"{self._database.path}: {error}"))


def settled(done: Future[bool], timeout: float, grace: float = PATIENCE) -> bool:
    """The outcome of a job. One that had no turn within `timeout` is withdrawn and surely not written; one that
    is being written is awaited `grace` seconds more.
    """
    try:
        return done.result(timeout)
    except CancelledError as error:
        raise Unavailable("withdrawn") from error
    except TimeoutError as error:
        if done.cancel():
            raise Unavailable(f"no turn to write within {timeout:g} s") from error
    try:
        return done.result(grace)
    except TimeoutError as error:
        raise Unavailable(f"not known to be durable after {timeout + grace:g} s") from error
