"""What a release did to a database, by number: steps that may be repeated, recorded beside the data.

One record per step, {_id: number, done: time}, in a collection whose name the port cannot give away. A release that
changes the stored form appends to `STEPS` and alters no older step; the release before may still be running, so a
step leaves a store that it can read and write. After the steps, indexes that are declared and missing are built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from pymongo.database import Database

from chassis.ports.documents import Collection
from chassis.ports.errors import Refused
from engines import names
from engines.production.mongo_query import indexes

Store = Database[dict[str, Any]]
RECORD = "ekel-migrations"


def _declared(database: Store, collections: Sequence[Collection]) -> None:
    """What is declared and missing; the server builds an index once, whoever else asks for it meanwhile."""
    for each in collections:
        database[names.collection(each.name)].create_indexes(indexes(each))


STEPS: tuple[Callable[[Store, Sequence[Collection]], None], ...] = (
    _declared,
)  # number 1 is the form of release 0.1


def migrate(database: Store, collections: Sequence[Collection]) -> None:
    """Carry out the steps that this database lacks. Raises `Refused` where a newer release was at work."""
    done = {int(each["_id"]) for each in database[RECORD].find()}
    if (newest := max(done, default=0)) > len(STEPS):
        raise Refused(
            f"{database.name} has migration {newest}, this release knows {len(STEPS)}: run the newer release, "
            "or restore the backup made before it"
        )
    for number, step in enumerate(STEPS, 1):
        if number not in done:
            step(database, collections)
            now = {"$setOnInsert": {"done": datetime.now(UTC).isoformat()}}
            database[RECORD].update_one({"_id": number}, now, upsert=True)
    _declared(database, collections)
