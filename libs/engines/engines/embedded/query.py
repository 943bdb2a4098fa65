"""Pure SQL text for collections: the same expression for a path in an index and in a query, so it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from chassis.ports.documents import Collection, Index, Where
from chassis.ports.errors import Refused
from engines import names

Params = list[Any]
_ANY = ">= -9e999"  # minus infinity, the least of all values; unlike IS NOT NULL it seeks in an index
_COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
OUTBOX = (
    (
        "CREATE TABLE IF NOT EXISTS outbox (key INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL,"
        " scope TEXT NOT NULL, id TEXT NOT NULL, entry TEXT NOT NULL,"
        " time TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))"
    ),
    "CREATE INDEX IF NOT EXISTS outbox_scope ON outbox (scope, key)",
)


@cache
def table(collection: str) -> str:
    """The quoted table of a collection."""
    return f'"c.{names.collection(collection)}"'


@cache
def expression(path: str) -> str:
    """A dotted body path as SQL; `scope` and `id` are columns."""
    if path in ("scope", "id"):
        return path
    return f"json_extract(body, '$.{names.path(path)}')"


def schema(collection: Collection) -> list[str]:
    """The statements that create what is missing of a collection."""
    name = table(collection.name)
    create = (
        f"CREATE TABLE IF NOT EXISTS {name} (scope TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL,"
        " body TEXT NOT NULL, PRIMARY KEY (scope, id))"
    )
    return [create, *(_index(collection.name, index) for index in collection.indexes)]


def _index(collection: str, index: Index) -> str:
    # SQLite holds NULLs to be different from each other: unique indexes are sparse by nature.
    # Others end in the id, so that a page in index order needs no sort.
    fields = ("scope", *index.fields) if index.unique else (*index.fields, "id")
    columns = ", ".join(expression(field) for field in dict.fromkeys(fields))
    unique = "UNIQUE " if index.unique else ""
    create = f'CREATE {unique}INDEX IF NOT EXISTS "{collection}/{index.name}"'
    return f"{create} ON {table(collection)} ({columns})"


def select(
    collection: str, where: Where, order: Sequence[str], descending: bool, limit: int, after: Sequence[Any]
) -> tuple[str, Params]:
    """The SELECT of `Documents.find`: rows (scope, id, rev, body). Documents without a value come first."""
    if not order or order[-1] != "id":
        raise Refused("order must end in id")
    condition, params = matching(where)
    if after:
        if len(after) != len(order):
            raise Refused("after must hold one value per path of order")
        full = all(path in ("scope", "id") or _has(where.get(path)) for path in order)
        beyond, values = _beyond([expression(path) for path in order], after, descending, full)
        condition, params = f"{condition} AND {beyond}", params + values
    direction = "DESC" if descending else "ASC"
    ordering = ", ".join(f"{expression(path)} {direction}" for path in order)
    found = f"SELECT scope, id, rev, body FROM {table(collection)} WHERE {condition}"
    return f"{found} ORDER BY {ordering} LIMIT ?", [*params, limit]


def matching(where: Where) -> tuple[str, Params]:
    """All tests of `where` as one condition."""
    parts, params = ["1"], []
    for path, test in where.items():
        sql, values = _condition(expression(path), test)
        parts.append(sql)
        params += values
    return " AND ".join(parts), params


def _condition(field: str, test: Any) -> tuple[str, Params]:
    if not isinstance(test, Mapping):
        return (f"{field} IS NULL", []) if test is None else (f"{field} = ?", [names.scalar(test)])
    parts: list[str] = []
    params: Params = []
    for operator, value in test.items():
        if operator == "in":
            parts.append(f"{field} IN ({', '.join('?' * len(value))})")
            params += [names.scalar(item) for item in value]
        elif operator == "exists":
            parts.append(f"{field} {_ANY}" if value else f"{field} IS NULL")
        elif operator in _COMPARE:
            parts.append(f"{field} {_COMPARE[operator]} ? AND {_same_kind(field, value)}")
            params.append(names.scalar(value))
        else:
            raise Refused(f"unknown operator: {operator!r}")
    if not parts:
        raise Refused("an empty test")
    return " AND ".join(parts), params


def _same_kind(field: str, value: Any) -> str:
    # In SQLite every number is less than every text; a comparison must not cross that line.
    return f"{field} >= ''" if isinstance(value, str) else f"{field} < ''"


def _has(test: Any) -> bool:
    """What passes this test has a value."""
    return test not in (None, {"exists": False})


def _beyond(fields: list[str], after: Sequence[Any], descending: bool, full: bool) -> tuple[str, Params]:
    """The rows behind `after` in the order of `fields`, where NULL is the least value; `full`: there is none."""
    if None not in after and (full or not descending):
        sign, marks = "<" if descending else ">", ", ".join("?" * len(fields))
        # SQLite seeks in an index over expressions by the first comparison, not by the second.
        beyond = f"{fields[0]} {sign}= ? AND ({', '.join(fields)}) {sign} ({marks})"
        return beyond, [after[0], *after]
    choices: list[str] = []
    params: Params = []
    for place, (field, value) in enumerate(zip(fields, after, strict=True)):
        same = [f"{earlier} IS ?" for earlier in fields[:place]]
        if value is None:
            further, values = ("0" if descending else f"{field} IS NOT NULL"), []
        else:
            further, values = (f"({field} < ? OR {field} IS NULL)" if descending else f"{field} > ?"), [value]
        choices.append(" AND ".join([*same, further]))
        params += [*after[:place], *values]
    return "(" + " OR ".join(f"({choice})" for choice in choices) + ")", params
