"""The event port on one SQLite file: all topics in one table, groups in files of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from chassis.ids import new_id
from chassis.ports.errors import Refused
from chassis.ports.events import Record, Topic
from engines.embedded.consumer import GroupConsumer
from engines.embedded.database import Database
from engines.embedded.doorbell import Bell
from engines.embedded.groups import Group
from engines.embedded.publisher import LogPublisher
from engines.embedded.transaction import Statement
from engines.embedded.writer import Writer

# `newest` holds the key on compacted topics only: being unique, the next record of a key replaces the former.
# A tombstone stays as the newest record of its key, so that readers hear of it.
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    (
        "CREATE TABLE IF NOT EXISTS topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
        " compacted INTEGER NOT NULL, next INTEGER NOT NULL DEFAULT 0)"
    ),
    (
        "CREATE TABLE IF NOT EXISTS records (topic INTEGER NOT NULL, offset INTEGER NOT NULL, key TEXT NOT NULL,"
        " headers TEXT NOT NULL, value BLOB, newest TEXT, PRIMARY KEY (topic, offset)) WITHOUT ROWID"
    ),
    "CREATE UNIQUE INDEX IF NOT EXISTS records_newest ON records (topic, newest) WHERE newest IS NOT NULL",
)
_READ = (
    "SELECT offset, key, headers, value FROM records WHERE topic = (SELECT id FROM topics WHERE name = ?)"
    " AND offset >= ? ORDER BY offset LIMIT ?"
)
_BOUNDS = (
    "SELECT name, coalesce((SELECT min(offset) FROM records WHERE topic = topics.id), next), next FROM topics"
)


class EmbeddedEvents:
    """`Events` in the file `path`, its groups in the folder `groups`."""

    def __init__(self, path: Path, groups: Path) -> None:
        self._database = Database(path)
        self._writer = Writer(self._database)
        self._folder = groups
        self._groups: dict[str, Group] = {}
        self._lock = Lock()
        statements: list[Statement] = [(sql, (), None) for sql in _SCHEMA]
        statements.append(("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)", (new_id(),), None))
        self._writer.run("", statements)

    def ensure(self, topics: Sequence[Topic]) -> None:
        sql = "INSERT OR IGNORE INTO topics (name, compacted) VALUES (?, ?)"
        self._writer.run("", [(sql, (topic.name, topic.compacted), None) for topic in topics])

    def differences(self, topics: Sequence[Topic]) -> dict[str, dict[str, tuple[str, str]]]:
        """A topic is compacted or not; the other settings of the contracts mean nothing to one file."""
        found = dict(self._database.read("SELECT name, compacted FROM topics"))
        policy = ("delete", "compact")
        return {
            topic.name: {"cleanup.policy": (policy[found[topic.name]], policy[topic.compacted])}
            if topic.name in found
            else {}
            for topic in topics
            if found.get(topic.name) != topic.compacted
        }

    def align(self, topics: Sequence[Topic]) -> None:
        self.ensure(topics)
        if fixed := self.differences(topics):
            raise Refused(f"cleanup.policy cannot be changed: {', '.join(sorted(fixed))}")

    def topics(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self._ends() if name.startswith(prefix))

    def publisher(self) -> LogPublisher:
        return LogPublisher(self._writer)

    def consumer(self, group: str, prefixes: Sequence[str]) -> GroupConsumer:
        return GroupConsumer(
            self._group(group), prefixes, read=self.read, ends=self._ends, watch=self.watch()
        )

    def read(self, topic: str, offset: int, limit: int = 100) -> list[Record]:
        rows = self._database.read(_READ, (topic, offset, limit))
        if not rows and topic not in self._ends():
            raise Refused(f"unknown topic {topic}")
        return [_record(topic, row) for row in rows]

    def bounds(self, topics: Sequence[str]) -> dict[str, tuple[int, int]]:
        known = {name: (earliest, next) for name, earliest, next in self._database.read(_BOUNDS)}
        for topic in topics:
            if topic not in known:
                raise Refused(f"unknown topic {topic}")
        return {topic: known[topic] for topic in topics}

    def lag(self, group: str, prefixes: Sequence[str]) -> dict[str, int]:
        committed = self._group(group).committed()
        bounds = self._database.read(_BOUNDS)
        return {
            name: next - min(next, max(earliest, committed.get(name, 0)))
            for name, earliest, next in bounds
            if name.startswith(tuple(prefixes))
        }

    def epoch(self) -> str:
        return str(self._database.read("SELECT value FROM meta WHERE name = 'epoch'")[0][0])

    def watch(self) -> Bell:
        return Bell(self._database)

    def ping(self) -> None:
        self._database.read("SELECT count(*) FROM sqlite_master")

    def close(self) -> None:
        with self._lock:
            for group in self._groups.values():
                group.close()
        self._writer.close()
        self._database.close()

    def _ends(self) -> dict[str, int]:
        return dict(self._database.read("SELECT name, next FROM topics"))

    def _group(self, name: str) -> Group:
        with self._lock:
            if name not in self._groups:
                self._groups[name] = Group(self._folder, name)
            return self._groups[name]


def _record(topic: str, row: tuple[Any, ...]) -> Record:
    offset, key, headers, value = row
    return Record(topic=topic, offset=offset, key=key, headers=json.loads(headers), value=value)
