"""Waking sleepers of other processes: a unix datagram after COMMIT, a poll of `data_version` as safety net."""

from __future__ import annotations

import os
import select
import socket
import sqlite3
import tempfile
import time
from contextlib import suppress
from hashlib import sha256
from itertools import count
from math import ceil
from pathlib import Path
from threading import Lock

from chassis.ports.errors import Unavailable
from engines.embedded.database import Database

LONGEST = 100  # bytes of a socket's path; the kernels allow 108 (Linux) and 104 (macOS)
POLL = (0.25, 1.0)  # seconds between two looks at data_version: just rung, long quiet
GATHER = 0.02  # seconds from one waking to the next: what is written meanwhile needs one look, not one each
_numbers = count(1)


def bells(database: Path) -> Path:
    """The folder of the sleepers' sockets: beside the database, or under the temp folder if that is too long."""
    beside = database.with_name(database.name + ".bells").resolve()
    if len(os.fsencode(beside)) + len("/4194304-99999") <= LONGEST:
        folder = beside
    else:
        name = sha256(os.fsencode(beside)).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"ekel-{os.getuid()}-{name}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():
            raise Unavailable(f"{folder} belongs to somebody else")
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}") from error
    return folder


class Ringer:
    """Rings every bell of a database."""

    def __init__(self, database: Path) -> None:
        self._folder = bells(database)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def ring(self) -> None:
        """Wake everybody who waits; sockets left by dead processes are removed."""
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                try:
                    self._socket.sendto(b"!", entry.path)
                except ConnectionRefusedError:
                    Path(entry.path).unlink(missing_ok=True)
                except OSError:
                    continue  # its buffer is full, so it wakes anyway; or it has just left

    def close(self) -> None:
        self._socket.close()


class Bell:
    """A `Watch` on one database; also rings for writes of its own process."""

    def __init__(self, database: Database) -> None:
        self._path = bells(database.path) / f"{os.getpid()}-{next(_numbers)}"
        self._path.unlink(missing_ok=True)  # of an earlier process with our id
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(str(self._path))
        self._ready = select.poll()  # select() knows descriptors below 1,024 only
        self._ready.register(self._socket, select.POLLIN)
        try:
            self._connection = database.connect()
            self._seen = self._version()
        except (sqlite3.Error, Unavailable) as error:
            self._path.unlink(missing_ok=True)
            self._socket.close()
            raise Unavailable(str(error)) from error
        self._pause, self._woken = POLL[0], 0.0
        self._waiting = Lock()
        self._closed = False

    def wait(self, timeout: float) -> bool:
        """Sleep at most `timeout` seconds; True when woken by a write."""
        deadline = time.monotonic() + timeout
        with self._waiting:
            while not self._closed:
                left = max(0.0, deadline - time.monotonic())
                rung = bool(self._ready.poll(ceil(1000 * min(left, self._pause))))
                if self._closed:
                    return False
                if rung:
                    time.sleep(max(0.0, min(deadline, self._woken + GATHER) - time.monotonic()))
                    self._drain()
                version = self._version()
                if rung or version != self._seen:
                    self._seen, self._pause, self._woken = version, POLL[0], time.monotonic()
                    return True
                if left <= self._pause:
                    return False
                self._pause = min(2 * self._pause, POLL[1])
        return False

    def close(self) -> None:
        """End the watch, also while another thread waits on it."""
        if self._closed:
            return
        self._closed = True
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hand, suppress(OSError):
            hand.setblocking(False)
            hand.sendto(b"!", str(self._path))  # fails when full or removed: then the poll ends the wait
        with self._waiting:
            self._path.unlink(missing_ok=True)
            self._socket.close()
            self._connection.close()

    def _version(self) -> int:
        try:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error

    def _drain(self) -> None:
        try:
            while self._socket.recv(16):
                pass
        except BlockingIOError:
            return
