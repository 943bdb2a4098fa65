"""The document port on a MongoDB replica set: document, revision and outbox are one stored document, one write.

    mongodb://user:password@a,b,c/ekel?replicaSet=rs0&tls=true&authSource=admin      database ekel_<service>

Acknowledged by a majority and journalled, read from the primary with majority. A document and its unsent entries
share MongoDB's 16 MiB. A standalone server is refused: killed, it loses writes that it acknowledged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import accumulate
from threading import Lock
from typing import Any

from bson.errors import InvalidDocument
from pymongo import MongoClient, UpdateOne, errors
from pymongo.collection import Collection as Stored
from pymongo.database import Database
from pymongo.uri_parser import parse_uri

from chassis.ids import new_id
from chassis.ports.documents import Body, Collection, Doc, Unsent, Where
from chassis.ports.errors import Duplicate, Refused, Unavailable
from engines.production import mongo_migrations
from engines.production.mongo_query import UNSENT, Filter, matching, select
from engines.production.mongo_watch import ChangeWatch

# Not for the URL to weaken.
DURABLE = {"w": "majority", "journal": True, "readConcernLevel": "majority", "readPreference": "primary"}
TIMEOUTS = {"wTimeoutMS": 10_000, "serverSelectionTimeoutMS": 5_000, "connectTimeoutMS": 3_000}
OPTIONS: dict[str, Any] = {**DURABLE, **TIMEOUTS, "socketTimeoutMS": 20_000, "replicaSet": None}
_REFUSED = {2, 9, 14, 52, 85, 86, 171, 10334, 17280, 17419}  # bad values, other index options, too large
_SEEN = {"rev": 1, "body": 1}
_STANDALONE = (
    "MongoDB is not a replica set: it would lose writes that it acknowledged when it dies. "
    "Start mongod with --replSet, say rs.initiate() once, and name the set in EKEL_DOCUMENTS_URL (?replicaSet=…)"
)


class MongoDocuments:
    """`Documents` in the database of `service`. Connects at the first use in each process."""

    def __init__(self, url: str, service: str) -> None:
        self._url = url
        self._name = f"{parse_uri(url, validate=False)['database'] or 'ekel'}_{service}"
        self._lock, self._process, self._closed = Lock(), 0, False
        self._client: MongoClient[Body]
        self._known: list[str] = []

    def migrate(self, collections: Sequence[Collection]) -> None:
        with translated():
            mongo_migrations.migrate(self._database(), collections)

    def get(self, collection: str, scope: str, id: str) -> Doc | None:
        with translated():
            found = self._stored(collection).find_one({"_id": {"s": scope, "i": id}}, _SEEN)
        return _doc(found) if found else None

    def insert(self, collection: str, doc: Doc, outbox: Sequence[Body] = (), quiet: bool = False) -> None:
        entries = _entries(outbox)
        marked: Body = {"outbox": entries, "unsent": entries[0]["t"]} if entries else {}
        key = {"s": doc.scope, "i": doc.id}
        with translated():
            stored = {"_id": key, "rev": doc.rev, "body": _json(doc.body), **marked, **_hush(doc.rev, quiet)}
            self._stored(collection).insert_one(stored)

    def replace(
        self, collection: str, doc: Doc, expected: int, outbox: Sequence[Body] = (), quiet: bool = False
    ) -> bool:
        change: Filter = {
            "$set": {"rev": expected + 1, "body": _json(doc.body), **_hush(expected + 1, quiet)}
        }
        if entries := _entries(outbox):
            change |= {"$push": {"outbox": {"$each": entries}}, "$min": {"unsent": entries[0]["t"]}}
        which = {"_id": {"s": doc.scope, "i": doc.id}, "rev": expected}
        with translated():
            return self._stored(collection).update_one(which, change).matched_count == 1

    def delete(self, collection: str, scope: str, id: str, expected: int) -> bool:
        which = {"_id": {"s": scope, "i": id}, "rev": expected}
        with translated():
            stored = self._stored(collection)
            if stored.delete_one({**which, "unsent": None}).deleted_count:
                return True
            if stored.find_one(which, {"_id": 1}):
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
        filter, sort = select(where, order, descending, after)
        with translated():
            found = self._stored(collection).find(filter, _SEEN, sort=sort, limit=limit)
            return [_doc(each) for each in found] if limit > 0 else []

    def count(self, collection: str, where: Where) -> int:
        with translated():
            return self._stored(collection).count_documents(matching(where))

    def waiting(self) -> dict[str, str]:
        with translated():
            self._known = self._names()  # another process may have migrated
        oldest = {"_id": "$_id.s", "t": {"$first": "$unsent"}}
        found: dict[str, str] = {}
        in_order = {"$sort": {"_id.s": 1, "unsent": 1}}
        for each in self._everywhere([{"$match": UNSENT}, in_order, {"$group": oldest}]):
            found[each["_id"]] = min(each["t"], found.get(each["_id"], each["t"]))
        return found

    def unsent(self, scope: str, limit: int) -> list[Unsent]:
        """By time of append; of one document in append order, whatever the clocks of its writers said."""
        oldest: list[Filter] = [{"$sort": {"unsent": 1}}, {"$limit": limit}]
        outbox = {"$project": {"unsent": 1, "outbox": {"$slice": ["$outbox", limit]}}}
        found: list[tuple[str, Unsent]] = []
        for each in self._everywhere([{"$match": {"_id.s": scope, **UNSENT}}, *oldest, outbox], oldest):
            times = accumulate((entry["t"] for entry in each["outbox"]), max)
            for time, entry in zip(times, each["outbox"], strict=True):
                id = each["_id"]["i"]
                unsent = Unsent(key=entry["k"], collection=each["c"], scope=scope, id=id, entry=entry["e"])
                found.append((time, unsent))
        return [unsent for _, unsent in sorted(found, key=lambda pair: pair[0])[:limit]]

    def clear(self, entries: Sequence[Unsent]) -> None:
        keys: dict[str, dict[str, list[str]]] = {}
        for each in entries:
            keys.setdefault(each.collection, {}).setdefault(each.id, []).append(each.key)
        with translated():
            for name, ids in keys.items():
                changes = [_clearing(entries[0].scope, id, gone) for id, gone in ids.items()]
                self._stored(name).bulk_write(changes, ordered=False)

    def watch(self, *, outbox: bool = False) -> ChangeWatch:
        return ChangeWatch(self._database, outbox=outbox)

    def ping(self) -> None:
        with translated():
            self._database().command("ping")

    def close(self) -> None:
        self._closed = True
        if self._process == os.getpid():
            self._client.close()

    def _database(self) -> Database[Body]:
        with self._lock:
            if self._closed:
                raise Unavailable(f"{self._name}: closed")
            if self._process != os.getpid():  # clients do not survive a fork
                self._client = MongoClient(self._url, **OPTIONS)
                self._process, self._checked = os.getpid(), False
        if not self._checked:
            if "setName" not in self._client.admin.command("hello"):
                raise Refused(_STANDALONE)
            self._checked = True
        return self._client[self._name]

    def _names(self) -> list[str]:
        found = self._database().list_collection_names()
        return [name for name in found if name != mongo_migrations.RECORD and not name.startswith("system.")]

    def _stored(self, collection: str) -> Stored[Body]:
        if collection not in self._known:
            self._known = self._names()
            if collection not in self._known:
                raise Refused(f"unknown collection: {collection!r}")
        return self._database()[collection]

    def _everywhere(self, stages: Sequence[Filter], last: Sequence[Filter] = ()) -> Iterator[Body]:
        """The documents that `stages` give for each collection, whose name is `c`, then `last` over all of them."""
        with translated():
            self._known = self._known or self._names()
            parts = {name: [*stages, {"$addFields": {"c": name}}] for name in self._known}
            unions = [{"$unionWith": {"coll": name, "pipeline": parts[name]}} for name in self._known[1:]]
            if parts:
                first = self._known[0]
                yield from self._database()[first].aggregate([*parts[first], *unions, *last])


@contextmanager
def translated() -> Iterator[None]:
    """What pymongo raises, as the port's errors."""
    try:
        yield
    except errors.DuplicateKeyError as error:
        index = str(error).partition(" index: ")[2].partition(" ")[0]
        raise Duplicate("id" if index == "_id_" else index) from error
    except (InvalidDocument, errors.InvalidName, ValueError, OverflowError) as error:
        raise Refused(str(error)) from error
    except errors.OperationFailure as error:
        kind = Refused if error.code in _REFUSED else Unavailable
        raise kind(str(error)) from error
    except errors.PyMongoError as error:
        raise Unavailable(f"{type(error).__name__}: {error}") from error


def _entries(outbox: Sequence[Body]) -> list[Body]:
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return [{"k": new_id(), "t": now, "e": _json(entry)} for entry in outbox]


def _hush(rev: int, quiet: bool) -> Body:
    """What tells `ChangeWatch` that nobody waits for this write; another value each time, or it were no change."""
    return {"quiet": rev} if quiet else {}


def _clearing(scope: str, id: str, keys: list[str]) -> UpdateOne:
    keep = {"$filter": {"input": "$outbox", "cond": {"$not": [{"$in": ["$$this.k", keys]}]}}}
    oldest = {"$ifNull": [{"$first": "$outbox.t"}, "$$REMOVE"]}
    which = {"_id": {"s": scope, "i": id}, **UNSENT}
    return UpdateOne(which, [{"$set": {"outbox": keep}}, {"$set": {"unsent": oldest}}])


def _json(body: Body) -> Body:
    """The body, known to be JSON and to come back as it is."""
    try:
        text = json.dumps(body, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Refused(f"not JSON: {error}") from error
    if '"$ref":' in text:
        raise Refused('the key "$ref" would come back as something else')
    return body


def _doc(found: Body) -> Doc:
    return Doc(scope=found["_id"]["s"], id=found["_id"]["i"], rev=found["rev"], body=found["body"])
