"""Healthy is a primary; the set is founded the first time that nobody has."""

from __future__ import annotations

import sys

from pymongo import MongoClient
from pymongo.errors import OperationFailure

ALREADY = 23


def main() -> int:
    client: MongoClient[dict[str, object]] = MongoClient(
        "mongodb://127.0.0.1:27017/?directConnection=true", serverSelectionTimeoutMS=2000
    )
    try:
        founded = {"_id": "rs0", "members": [{"_id": 0, "host": "mongo:27017"}]}
        client.admin.command({"replSetInitiate": founded})
    except OperationFailure as error:
        if error.code != ALREADY:
            raise
    return 0 if client.admin.command("hello")["isWritablePrimary"] else 1


if __name__ == "__main__":
    sys.exit(main())
