"""Who is woken by a write to the embedded engines."""

from __future__ import annotations

import socket
from pathlib import Path

from engines.embedded.database import Database
from engines.embedded.doorbell import bells
from engines.embedded.writer import Writer


def test_a_write_wakes_who_sleeps_on_its_database_and_a_quiet_one_does_not(tmp_path: Path) -> None:
    database = Database(tmp_path / "documents.sqlite")
    writer = Writer(database)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sleeper:
        sleeper.setblocking(False)
        sleeper.bind(str(bells(database.path) / "1-1"))

        writer.run("", [("CREATE TABLE told (it)", (), None)])
        for word in ("cleared", "committed"):
            assert writer.run("", [("INSERT INTO told VALUES (?)", (word,), 1)], quiet=True)
        writer.close()  # its thread has ended: what it would ring is rung

        assert _heard(sleeper) == 1
    assert database.read("SELECT count(*) FROM told") == [(2,)]
    database.close()


def _heard(sleeper: socket.socket) -> int:
    heard = 0
    while True:
        try:
            sleeper.recv(16)
        except BlockingIOError:
            return heard
        heard += 1
