"""All documents of a system as lines of JSON, as they were at one moment for all services, and back again.

A snapshot read (MongoDB 5 and later) is one moment of the whole set, while writing goes on; the server keeps such a
moment for five minutes by default (`minSnapshotHistoryWindowInSeconds`). What is stored is copied as it is stored:
revision, unsent entries and the numbers of migrations too, so nothing is a service's own to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from bson import json_util
from pymongo import MongoClient
from pymongo.uri_parser import parse_uri

from engines.production.mongo import OPTIONS, translated
from engines.production.mongo_migrations import RECORD

EXACT = json_util.JSONOptions(json_mode=json_util.JSONMode.CANONICAL)
BATCH = 100  # documents of one insert


class MongoCopy:
    """The databases of `services`; for one thread. Raises as the document port."""

    def __init__(self, url: str, services: Sequence[str]) -> None:
        name = parse_uri(url, validate=False)["database"] or "ekel"
        self._client: MongoClient[dict[str, Any]] = MongoClient(url, **OPTIONS)
        self._databases = {service: self._client[f"{name}_{service}"] for service in services}
        self._moment = self._client.start_session(snapshot=True)

    def begin(self) -> None:
        """The moment is now."""
        with translated():
            next(iter(self._databases.values()))[RECORD].find_one(session=self._moment)

    def read(self, service: str) -> Iterator[bytes]:
        """Every document of a service at that moment: {c: collection, d: what is stored}."""
        with translated():
            database = self._databases[service]
            for name in sorted(database.list_collection_names()):
                for found in database[name].find({}, session=self._moment, sort=[("_id", 1)]):
                    yield json_util.dumps({"c": name, "d": found}, json_options=EXACT).encode() + b"\n"

    def full(self) -> list[str]:
        """Services that have documents already."""
        with translated():
            return [
                service
                for service, database in self._databases.items()
                if any(database[name].find_one() for name in database.list_collection_names())
            ]

    def write(self, service: str, lines: Iterable[bytes]) -> None:
        """What `read` gave, into a database that has nothing."""
        entries = (json_util.loads(line, json_options=EXACT) for line in lines)
        while batch := list(islice(entries, BATCH)):
            by: dict[str, list[dict[str, Any]]] = {}
            for each in batch:
                by.setdefault(each["c"], []).append(each["d"])
            with translated():
                for name, stored in by.items():
                    self._databases[service][name].insert_many(stored)

    def close(self) -> None:
        self._moment.end_session()
        self._client.close()
