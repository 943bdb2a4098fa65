"""Pure filters and index definitions for collections: a path in an index and in a query are the same field.

Stored form: {_id: {s: scope, i: id}, rev, body, outbox: [{k: key, t: time, e: entry}], unsent: time of the oldest,
quiet: rev of the last write that nobody waited for}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

from chassis.ports.documents import Collection, Index, Where
from chassis.ports.errors import Refused
from engines import names

Filter = dict[str, Any]
_COMPARE = ("gt", "gte", "lt", "lte")
_LEAST = ("", float("-inf"), False)  # of each kind of scalar; comparisons never cross kinds
UNSENT: Filter = {"unsent": {"$gt": ""}}


def field(path: str) -> str:
    """Where a path of the port lies in the stored form."""
    return {"scope": "_id.s", "id": "_id.i"}.get(path) or f"body.{names.path(path)}"


def indexes(collection: Collection) -> list[IndexModel]:
    """Those of the port, one in the order of scopes and ids, and one over unsent entries alone."""
    keys = IndexModel([("_id.s", ASCENDING), ("_id.i", ASCENDING)], name="keys")
    unsent = [("_id.s", ASCENDING), ("unsent", ASCENDING)]
    outbox = IndexModel(unsent, name="outbox", partialFilterExpression=UNSENT)
    return [keys, outbox, *map(_index, collection.indexes)]


def _index(index: Index) -> IndexModel:
    # Others end in the id, so that a page in index order needs no sort.
    paths = ("scope", *index.fields) if index.unique else (*index.fields, "id")
    columns = [(field(path), ASCENDING) for path in dict.fromkeys(paths)]
    if not index.unique:
        return IndexModel(columns, name=index.name)
    # Neither `sparse` (counts nulls) nor {$exists: true} (so does it) leaves out nulls; queries use this one.
    present = [{"$or": [{field(path): {"$gte": least}} for least in _LEAST]} for path in index.fields]
    return IndexModel(columns, name=index.name, unique=True, partialFilterExpression={"$and": present})


def select(
    where: Where, order: Sequence[str], descending: bool, after: Sequence[Any]
) -> tuple[Filter, list[tuple[str, int]]]:
    """Filter and sort of `Documents.find`. Documents without a value come first."""
    if not order or order[-1] != "id":
        raise Refused("order must end in id")
    fields = [field(path) for path in order]
    conditions = _conditions(where)
    if after:
        if len(after) != len(order):
            raise Refused("after must hold one value per path of order")
        conditions.append(_beyond(fields, after, descending))
    return _all(conditions), [(each, DESCENDING if descending else ASCENDING) for each in fields]


def matching(where: Where) -> Filter:
    """All tests of `where` as one filter."""
    return _all(_conditions(where))


def _all(conditions: list[Filter]) -> Filter:
    return {"$and": conditions} if conditions else {}


def _conditions(where: Where) -> list[Filter]:
    return [{field(path): _test(test)} for path, test in where.items()]


def _test(test: Any) -> Filter:
    if not isinstance(test, Mapping):
        return {"$eq": None if test is None else names.scalar(test)}
    if not test:
        raise Refused("an empty test")
    parts: Filter = {}
    for operator, value in test.items():
        if operator == "in":
            parts["$in"] = [names.scalar(item) for item in value]
        elif operator == "exists":
            parts["$ne" if value else "$eq"] = None
        elif operator in _COMPARE:
            parts[f"${operator}"] = names.scalar(value)
        else:
            raise Refused(f"unknown operator: {operator!r}")
    return parts


def _beyond(fields: list[str], after: Sequence[Any], descending: bool) -> Filter:
    """The documents behind `after` in the order of `fields`, where null is the least value."""
    choices: list[Filter] = []
    for place, (field, value) in enumerate(zip(fields, after, strict=True)):
        further: list[Filter]
        if value is None:
            further = [] if descending else [{field: {"$ne": None}}]
        else:
            further = [{field: {"$lt": value}}, {field: None}] if descending else [{field: {"$gt": value}}]
        same = dict(zip(fields[:place], after, strict=False))
        choices += [{**same, **each} for each in further]
    return {"$or": choices} if choices else {"_id": {"$in": []}}
