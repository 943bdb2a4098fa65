"""The floor of a request: Flask, gunicorn and one durable write, nothing else. Started by `bench.lifecycle`."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from functools import cache
from typing import Any

from flask import Flask, Response, request
from pymongo import MongoClient
from pymongo.collection import Collection

LOCAL = threading.local()


def create(store_in: str) -> Flask:
    """POST /v1/permohonan stores the body as it came, on disk before the 201: in a file or at a mongodb:// address."""
    app = Flask(__name__)

    @app.post("/v1/permohonan")
    def store() -> Response:
        asked: dict[str, Any] = request.get_json()
        id = str(uuid.uuid4())
        if store_in.startswith("mongodb://"):
            _collection(store_in).insert_one({"_id": id, "body": asked})
        else:
            with _connection(store_in) as connection:
                connection.execute("INSERT INTO stored VALUES (?, ?)", (id, json.dumps(asked)))
        return Response(json.dumps({"id": id}), 201, mimetype="application/json")

    return app


@cache
def _collection(url: str) -> Collection[dict[str, Any]]:
    return MongoClient[dict[str, Any]](url, w="majority", journal=True)["bench_bare"]["stored"]


def _connection(file: str) -> sqlite3.Connection:
    if not hasattr(LOCAL, "connection"):
        LOCAL.connection = sqlite3.connect(file, timeout=60)
        for said in ("journal_mode=WAL", "synchronous=FULL"):
            LOCAL.connection.execute(f"PRAGMA {said}")
        LOCAL.connection.execute("CREATE TABLE IF NOT EXISTS stored (id TEXT PRIMARY KEY, body TEXT)")
    found: sqlite3.Connection = LOCAL.connection
    return found
