"""One consumer group's file: its members, who owns which lane under which token, committed offsets.

Ownership changes and commits are single compare-and-set statements on (owner, token): a former owner changes
nothing. A member holds an `flock` on a file of its own for life, so its death is seen at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

from chassis.ports.errors import Refused
from engines.embedded.database import Database
from engines.embedded.folders import held
from engines.embedded.writer import PATIENCE, Writer, settled

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS members (id TEXT PRIMARY KEY, prefixes TEXT NOT NULL, beat INTEGER NOT NULL)",
    (
        "CREATE TABLE IF NOT EXISTS lanes"
        " (topic TEXT PRIMARY KEY, owner TEXT, token INTEGER NOT NULL, committed INTEGER NOT NULL)"
    ),
)
_BEAT = "INSERT INTO members VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET beat = beat + 1"
_CLAIM = (
    "INSERT INTO lanes VALUES (?, ?, ?, 0) ON CONFLICT (topic) DO UPDATE SET owner = excluded.owner,"
    " token = excluded.token WHERE lanes.owner IS ? AND lanes.token = ?"
)
_RELEASE = "UPDATE lanes SET owner = NULL WHERE topic = ? AND owner = ? AND token = ?"
_COMMIT = "UPDATE lanes SET committed = ? WHERE topic = ? AND owner = ? AND token = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member as stored; `beat` counts its signs of life."""

    id: str
    prefixes: tuple[str, ...]
    beat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One lane as stored; `token` grows with every change of owner."""

    owner: str | None = None
    token: int = 0
    committed: int = 0


class Group:
    """The group `name` in `folder`; shared by all consumers of this process. Thread-safe."""

    def __init__(self, folder: Path, name: str) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
            raise Refused(f"not a group name: {name!r}")
        # Not synchronous=FULL: after a power cut an older offset means repeats, which consumers drop.
        self._database = Database(folder / f"{name}.sqlite", durable=False)
        self._writer = Writer(self._database)
        self._writer.run("", [(sql, (), None) for sql in _SCHEMA])
        self._members = folder / f"{name}.members"
        self._members.mkdir(exist_ok=True)

    def hold(self, member: str) -> int:
        """Take the lock that says `member` lives; the descriptor must stay open as long as it does."""
        lock = os.open(self._members / member, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        flock(lock, LOCK_EX)
        return lock

    def lives(self, member: str) -> bool:
        """Whether the process that holds the member's lock is alive."""
        return held(self._members / member)

    def beat(self, member: str, prefixes: Sequence[str]) -> None:
        """Join, or show that the member still polls."""
        self._writer.run("", [(_BEAT, (member, "\n".join(prefixes)), 1)])

    def leave(self, member: str) -> None:
        """Give up all lanes and the membership, one's own or a dead member's."""
        release, leave = "UPDATE lanes SET owner = NULL WHERE owner = ?", "DELETE FROM members WHERE id = ?"
        self._writer.run("", [(release, (member,), None), (leave, (member,), None)])
        (self._members / member).unlink(missing_ok=True)

    def members(self) -> list[Member]:
        rows = self._database.read("SELECT id, prefixes, beat FROM members")
        return [Member(id=id, prefixes=tuple(prefixes.split("\n")), beat=beat) for id, prefixes, beat in rows]

    def lanes(self) -> dict[str, Lane]:
        rows = self._database.read("SELECT topic, owner, token, committed FROM lanes")
        return {topic: Lane(owner=owner, token=token, committed=done) for topic, owner, token, done in rows}

    def committed(self) -> dict[str, int]:
        return {topic: lane.committed for topic, lane in self.lanes().items()}

    def claim(self, seen: Mapping[str, Lane], member: str) -> None:
        """Take lanes that are still as `seen`; look at `lanes()` for what was got."""
        jobs: list[Future[bool]] = []
        for topic, lane in seen.items():
            params = (topic, member, lane.token + 1, lane.owner, lane.token)
            jobs.append(self._writer.submit(topic, [(_CLAIM, params, 1)]))
        for job in jobs:
            settled(job, PATIENCE)

    def release(self, topic: str, member: str, token: int) -> None:
        self._writer.run(topic, [(_RELEASE, (topic, member, token), None)])

    def commit(self, topic: str, member: str, token: int, offset: int) -> bool:
        """False if the member no longer owns the lane under this token."""
        return self._writer.run(topic, [(_COMMIT, (offset, topic, member, token), 1)], quiet=True)

    def close(self) -> None:
        self._writer.close()
        self._database.close()
