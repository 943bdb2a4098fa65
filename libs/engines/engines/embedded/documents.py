"""The document port on one SQLite file: a table per collection, one outbox table, all written by one thread."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chassis.ports.documents import Body, Collection, Doc, Unsent, Where
from chassis.ports.errors import Refused, Unavailable
from engines.embedded import query
from engines.embedded.database import Database
from engines.embedded.doorbell import Bell
from engines.embedded.transaction import Statement
from engines.embedded.writer import Writer

_APPEND = "INSERT INTO outbox (collection, scope, id, entry) VALUES (?, ?, ?, ?)"
_UNSENT = "SELECT key, collection, scope, id, entry FROM outbox WHERE scope = ? ORDER BY key LIMIT ?"
_NONE_UNSENT = "NOT EXISTS (SELECT 1 FROM outbox WHERE scope = ? AND collection = ? AND id = ?)"
# Hops from scope to scope by the index: its cost does not grow with the number of waiting entries.
_WAITING = """
WITH RECURSIVE waiting (scope) AS (
    SELECT min(scope) FROM outbox
    UNION ALL
    SELECT (SELECT min(scope) FROM outbox WHERE scope > waiting.scope) FROM waiting WHERE scope IS NOT NULL)
SELECT scope, (SELECT time FROM outbox WHERE outbox.scope = waiting.scope ORDER BY key LIMIT 1)
FROM waiting WHERE scope IS NOT NULL"""
_CLEARED_AT_ONCE = 500  # keys in one DELETE


class EmbeddedDocuments:
    """`Documents` in the file at `path`."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self._writer = Writer(self._database)
        self._writer.run("", [(sql, (), None) for sql in query.OUTBOX])

    def migrate(self, collections: Sequence[Collection]) -> None:
        statements = [sql for collection in collections for sql in query.schema(collection)]
        self._writer.run("", [(sql, (), None) for sql in statements])

    def get(self, collection: str, scope: str, id: str) -> Doc | None:
        sql = f"SELECT scope, id, rev, body FROM {query.table(collection)} WHERE scope = ? AND id = ?"
        rows = self._database.read(sql, (scope, id))
        return _doc(rows[0]) if rows else None

    def insert(self, collection: str, doc: Doc, outbox: Sequence[Body] = (), quiet: bool = False) -> None:
        sql = f"INSERT INTO {query.table(collection)} (scope, id, rev, body) VALUES (?, ?, ?, ?)"
        store: Statement = (sql, (doc.scope, doc.id, doc.rev, _json(doc.body)), 1)
        self._writer.run(doc.scope, [store, *_appends(collection, doc, outbox)], quiet=quiet)

    def replace(
        self, collection: str, doc: Doc, expected: int, outbox: Sequence[Body] = (), quiet: bool = False
    ) -> bool:
        sql = f"UPDATE {query.table(collection)} SET rev = ?, body = ? WHERE scope = ? AND id = ? AND rev = ?"
        store: Statement = (sql, (expected + 1, _json(doc.body), doc.scope, doc.id, expected), 1)
        return self._writer.run(doc.scope, [store, *_appends(collection, doc, outbox)], quiet=quiet)

    def delete(self, collection: str, scope: str, id: str, expected: int) -> bool:
        table = query.table(collection)
        sql = f"DELETE FROM {table} WHERE scope = ? AND id = ? AND rev = ? AND {_NONE_UNSENT}"
        if self._writer.run(scope, [(sql, (scope, id, expected, scope, collection, id), 1)]):
            return True
        if (stored := self.get(collection, scope, id)) and stored.rev == expected:
            raise Unavailable(f"{collection} {scope}/{id} has unsent entries")
        return False

    def find(
        self,
        collection: str,
        where: Where,
        *,
        order: Sequence[str] = ("id",),
        descending: bool = False,
        limit: int = 100,
        after: Sequence[Any] = (),
    ) -> list[Doc]:
        sql, params = query.select(collection, where, order, descending, limit, after)
        return [_doc(row) for row in self._database.read(sql, params)]

    def count(self, collection: str, where: Where) -> int:
        condition, params = query.matching(where)
        sql = f"SELECT count(*) FROM {query.table(collection)} WHERE {condition}"
        return int(self._database.read(sql, params)[0][0])

    def waiting(self) -> dict[str, str]:
        return dict(self._database.read(_WAITING))

    def unsent(self, scope: str, limit: int) -> list[Unsent]:
        rows = self._database.read(_UNSENT, (scope, limit))
        return [
            Unsent(key=str(key), collection=collection, scope=scope, id=id, entry=json.loads(entry))
            for key, collection, scope, id, entry in rows
        ]

    def clear(self, entries: Sequence[Unsent]) -> None:
        keys = [int(entry.key) for entry in entries]
        statements: list[Statement] = []
        for start in range(0, len(keys), _CLEARED_AT_ONCE):
            some = keys[start : start + _CLEARED_AT_ONCE]
            statements.append((f"DELETE FROM outbox WHERE key IN ({', '.join('?' * len(some))})", some, None))
        if statements:
            self._writer.run(entries[0].scope, statements, quiet=True)  # nobody waits for less

    def watch(self, *, outbox: bool = False) -> Bell:
        return Bell(self._database)

    def ping(self) -> None:
        self._database.read("SELECT count(*) FROM sqlite_master")

    def close(self) -> None:
        self._writer.close()
        self._database.close()


def _appends(collection: str, doc: Doc, outbox: Sequence[Body]) -> list[Statement]:
    return [(_APPEND, (collection, doc.scope, doc.id, _json(entry)), 1) for entry in outbox]


def _json(body: Body) -> str:
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Refused(f"not JSON: {error}") from error


def _doc(row: tuple[Any, ...]) -> Doc:
    scope, id, rev, body = row
    return Doc(scope=scope, id=id, rev=rev, body=json.loads(body))
