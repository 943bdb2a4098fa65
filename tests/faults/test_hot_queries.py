"""Every query of a working system finds its documents by an index: noted at work, explained among hundreds.

What a demo and the reading of every list ask MongoDB is taken from its profiler; every document that was ever stored is
multiplied; then each kind of query may look at hardly more documents than it returns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bson import Timestamp
from pymongo import MongoClient
from pymongo.database import Database

from engines.production.mongo_migrations import RECORD
from support.daftar import read_lists
from support.servers import environment, servers
from support.system import System

DATABASES = [f"ekel_{name}" for name in ("pengajuan", "dokumen", "persetujuan", "notifikasi", "gateway")]
COPIES, SAMPLES = 30, 20  # of each stored document; of each collection
SLACK = 10  # documents looked at in vain
SMALL = ("ekel_dokumen.buku ",)  # a document per office and year, asked when a year's book is opened
_ASKED = ("filter", "sort", "limit")
Store = Database[dict[str, Any]]
Query = tuple[str, str, dict[str, Any]]  # database, collection, find

pytestmark = [pytest.mark.slow, pytest.mark.needs_engines, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """Query without its values → how it was carried out among many documents."""
    folder = tmp_path_factory.mktemp("hot")
    with servers(folder / "servers") as started:
        settings = environment(started, ("mongo",))
        with MongoClient[dict[str, Any]](settings["EKEL_DOCUMENTS_URL"]) as client:
            start = client.admin.command("ping")["operationTime"]
            with profiled(client), System(folder / "data", settings | {"EKEL_ENGINES": "embedded"}) as system:
                done = system.demo()
                assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
                read_lists(system)
            queries = noted(client)
            for name in DATABASES:
                multiply(client[name], stored(client[name], start))
            yield {shape: explain(client[query[0]], query) for shape, query in queries.items()}


@contextmanager
def profiled(client: MongoClient[dict[str, Any]]) -> Iterator[None]:
    for name in DATABASES:
        client[name].create_collection("system.profile", capped=True, size=64 << 20)
        client[name].command("profile", 2)
    yield
    for name in DATABASES:
        client[name].command("profile", 0)


def noted(client: MongoClient[dict[str, Any]]) -> dict[str, Query]:
    """One of each kind of `find` and of each count; by key alone, and the outbox, are looked at elsewhere."""
    found: dict[str, Query] = {}
    for name in DATABASES:
        for entry in client[name]["system.profile"].find({"op": {"$in": ["query", "command"]}}):
            command, collection = entry["command"], entry["ns"].partition(".")[2]
            if "pipeline" in command and "unsent" not in command["pipeline"][0].get("$match", {"unsent": 0}):
                command = {"filter": command["pipeline"][0]["$match"]}
            asked = {key: command[key] for key in _ASKED if key in command}
            if "filter" not in asked or "_id" in asked["filter"] or collection in {RECORD, "system.profile"}:
                continue
            kind = json.dumps([form(asked["filter"]), list(asked.get("sort", {}).items())])
            found[f"{name}.{collection} {kind}"] = (name, collection, asked)
    return found


def form(value: Any) -> Any:
    """A filter without its values; lists of values are alike whatever their length."""
    if isinstance(value, dict):
        return {key: form(each) for key, each in value.items()}
    if isinstance(value, list):
        return [form(each) for each in value] if value and isinstance(value[0], dict) else ["?"]
    return "?"


def stored(database: Store, start: Timestamp) -> dict[str, list[dict[str, Any]]]:
    """Some documents of each collection, those removed since too, as they were at first or are now."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    inserts = [{"$match": {"operationType": "insert"}}]
    with database.watch(inserts, start_at_operation_time=start, max_await_time_ms=500) as changes:
        while (change := changes.try_next()) is not None:
            document = change["fullDocument"]
            found.setdefault(change["ns"]["coll"], {})[str(document["_id"])] = document
    found.pop(RECORD, None)
    for name, documents in found.items():
        documents |= {str(each["_id"]): each for each in database[name].find().limit(SAMPLES)}
    return {name: list(documents.values())[-SAMPLES:] for name, documents in found.items()}


def multiply(database: Store, samples: dict[str, list[dict[str, Any]]]) -> None:
    """In the same scope, with the same values save those that are unique."""
    for name, documents in samples.items():
        indexes = database[name].index_information().values()
        single = {path for index in indexes if index.get("unique") for path, _ in index["key"]}
        copies = [copy(each, n, single) for n in range(COPIES) for each in documents]
        database[name].insert_many(copies, ordered=False)


def copy(document: dict[str, Any], number: int, single: set[str]) -> dict[str, Any]:
    key, body = document["_id"], json.loads(json.dumps(document["body"]))
    for path in single:
        *way, last = path.split(".")[1:] or [""]
        place = body if path.startswith("body.") else None
        for step in way:
            place = place.get(step) if isinstance(place, dict) else None
        if isinstance(place, dict) and isinstance(place.get(last), str):
            place[last] = f"{place[last]}~{number}"
        elif isinstance(place, dict) and isinstance(place.get(last), int):
            place[last] += 1000 * (number + 1)
    return {"_id": {"s": key["s"], "i": f"{key['i']}~{number}"}, "rev": 1, "body": body}


def explain(database: Store, query: Query) -> dict[str, Any]:
    command = {"explain": {"find": query[1], **query[2]}, "verbosity": "executionStats"}
    stats: dict[str, Any] = database.command(command)["executionStats"]
    return stats


def test_a_demo_asks_much(explained: dict[str, dict[str, Any]]) -> None:
    assert len(explained) > 40
    assert {shape.partition(".")[0] for shape in explained} == set(DATABASES)


def test_no_query_reads_a_whole_collection(explained: dict[str, dict[str, Any]]) -> None:
    """But those that want the whole of one."""
    scans = [shape for shape, stats in explained.items() if "COLLSCAN" in json.dumps(stats, default=str)]

    assert [shape for shape in scans if " [{}, " not in shape] == []


def test_no_query_looks_at_many_more_documents_than_it_returns(explained: dict[str, dict[str, Any]]) -> None:
    looked = {shape: (stats["totalDocsExamined"], stats["nReturned"]) for shape, stats in explained.items()}
    too_many = [f"{n}: {shape}" for shape, n in looked.items() if n[0] > 2 * n[1] + SLACK]

    assert [each for each in too_many if not any(small in each for small in SMALL)] == []
