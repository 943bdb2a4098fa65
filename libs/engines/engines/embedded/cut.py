"""One cut through stores that are being written: all writers wait at a barrier while each position is noted.

The barrier is the tickets that every writer takes before a transaction: with all of them in hand nobody writes a
document or the log. A position is a read transaction of SQLite (WAL), for objects a second name of each file. Then
writing goes on, and what was noted is copied at leisure.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from chassis.clock import real_now
from chassis.ports.errors import Corrupt
from engines.embedded.database import Database
from engines.embedded.folders import locked


class Cut:
    """The stores as they were at one moment; use inside `cut`."""

    def __init__(self, positions: dict[Path, sqlite3.Connection], objects: Path, moment: datetime) -> None:
        self._positions, self.objects, self.moment = positions, objects, moment

    def copy(self, store: Path, to: Path) -> None:
        """The store as one whole file. Raises `Corrupt`."""
        with closing(sqlite3.connect(to, isolation_level=None)) as target:
            self._positions[store].backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            if target.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise Corrupt(f"{store}: damaged")


@contextmanager
def cut(stores: Sequence[Path], objects: Path) -> Iterator[Cut]:
    """Hold the writers of `stores` for a moment; `objects` is the root of the object store."""
    shadow = objects / f"cut-{os.getpid()}"
    with ExitStack() as stack:
        stack.callback(rmtree, shadow, ignore_errors=True)
        shadow.mkdir()
        _link(objects / "objects", shadow)  # most of it before anybody waits
        databases = [Database(path) for path in sorted(stores)]
        positions = {base.path: stack.enter_context(closing(base.connect())) for base in databases}
        with ExitStack() as barrier:
            for base in databases:
                barrier.enter_context(locked(base.ticket))
            for connection in positions.values():
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _link(objects / "objects", shadow)
            moment = real_now()
        yield Cut(positions, shadow, moment)


def _link(source: Path, target: Path) -> None:
    """Make `target` hold the same files as `source`, by second names."""
    target.mkdir(exist_ok=True)
    there = {entry.name: entry for entry in os.scandir(target)}
    for entry in os.scandir(source):
        known = there.pop(entry.name, None)
        place = target / entry.name
        if entry.is_dir():
            _link(Path(entry.path), place)
        elif known is None or known.inode() != entry.inode():
            place.unlink(missing_ok=True)
            _name(Path(entry.path), place)
    for gone in there.values():
        rmtree(gone.path) if gone.is_dir() else Path(gone.path).unlink()


def _name(file: Path, place: Path) -> None:
    try:
        os.link(file, place)
    except FileNotFoundError:  # removed meanwhile; documents of this cut no longer refer to it
        return
