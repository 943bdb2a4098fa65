"""One SQLite file: how it is created and opened, and what its errors mean to the ports."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from urllib.parse import quote

from chassis.ports.errors import Duplicate, PortError, Refused, Unavailable

BUSY_MS = 5000  # only against outsiders (a backup, a shell): our own writers queue at the ticket
_REFUSED = {
    sqlite3.SQLITE_ERROR,  # no such table: an unknown collection
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_RANGE,
}


def translate(error: Exception) -> PortError:
    """What an exception of sqlite3, or of binding a value to it, means to a port's user."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
            return _duplicate(str(error))
        return Refused(str(error))
    if code is not None and code & 0xFF in _REFUSED:
        return Refused(str(error))
    if isinstance(error, OverflowError | ValueError) or "binding parameter" in str(error):
        return Refused(str(error))
    return Unavailable(f"{type(error).__name__}: {error}")


def _duplicate(message: str) -> Duplicate:
    # "UNIQUE constraint failed: index 'collection/field_field'", or the columns of the primary key
    named = re.search(r"index '[^/']*/([^']*)'", message)
    return Duplicate(named[1] if named else "id")


class Database:
    """The file at `path`, created in WAL mode when missing; a pool of connections that only read.

    A file that is removed or replaced while open makes every call `Unavailable`: writes to it would vanish.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self.path = path
        self._durable = durable
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._create()
            self._inode = path.stat().st_ino
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(f"{path}: {error}") from error

    @property
    def ticket(self) -> Path:
        """The file whose `flock` lets one process at a time write."""
        return self.path.with_name(self.path.name + ".ticket")

    def connect(self) -> sqlite3.Connection:
        """A connection in autocommit mode; never creates the file."""
        self.check()
        where = f"file:{quote(str(self.path))}?mode=rw"
        connection = sqlite3.connect(
            where, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute(f"PRAGMA synchronous={'FULL' if self._durable else 'NORMAL'}")
        connection.execute("PRAGMA fullfsync=ON")  # macOS: fsync alone does not reach the disk
        return connection

    def check(self) -> None:
        """Raise `Unavailable` unless the file that was opened is still the one at `path`."""
        if self._closed:
            raise Unavailable(f"{self.path}: closed")
        try:
            inode = self.path.stat().st_ino
        except OSError as error:
            raise Unavailable(f"{self.path}: {error.strerror}") from error
        if inode != self._inode:
            raise Unavailable(f"{self.path}: replaced while open, restart to use it")

    def read(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one SELECT, seen in one snapshot taken now."""
        self.check()
        connection: sqlite3.Connection | None = None
        with suppress(IndexError):
            connection = self._idle.pop()
        try:
            connection = connection or self.connect()
            return connection.execute(sql, params).fetchall()
        except (sqlite3.Error, OverflowError, ValueError) as error:
            raise translate(error) from error
        finally:
            if connection is not None and self._closed:
                connection.close()
            elif connection is not None:
                self._idle.append(connection)

    def close(self) -> None:
        self._closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def _create(self) -> None:
        # Two processes that switch to WAL at once get "database is locked" without waiting: one at a time.
        ticket = os.open(self.ticket, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            connection = sqlite3.connect(self.path, isolation_level=None)
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                flock(ticket, LOCK_EX)
                connection.execute("PRAGMA journal_mode=WAL")
            connection.close()
        finally:
            os.close(ticket)
