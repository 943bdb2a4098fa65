"""Put on PYTHONPATH by a test: every kind of query to an embedded store is noted once, as one line of JSON.

Python imports a module of this name before anything else, so the processes of a system need no word for it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

NOTES = Path(os.environ["EKEL_TEST_KUERI"])


def shape(where: Any) -> Any:
    """A filter without its values; lists are alike whatever their length."""
    return {key: sorted(test) if isinstance(test, dict) else "?" for key, test in where.items()}


def noting() -> None:
    from engines.embedded.documents import EmbeddedDocuments

    seen: set[str] = set()
    find, count = EmbeddedDocuments.find, EmbeddedDocuments.count

    def note(documents: Any, collection: str, where: Any, **more: Any) -> None:
        database = str(documents._database.path)
        known = json.dumps([database, collection, shape(where), more.get("order"), bool(more.get("after"))])
        if known not in seen:
            seen.add(known)
            line = json.dumps({"database": database, "collection": collection, "where": where, **more})
            with NOTES.open("a") as file:
                file.write(line + "\n")

    def noted_find(self: Any, collection: str, where: Any, **more: Any) -> Any:
        found = find(self, collection, where, **more)
        note(self, collection, where, **{"order": ["id"], **more})
        return found

    def noted_count(self: Any, collection: str, where: Any) -> int:
        note(self, collection, where, order=["id"], count=True)
        return count(self, collection, where)

    EmbeddedDocuments.find = noted_find  # type: ignore[method-assign]
    EmbeddedDocuments.count = noted_count  # type: ignore[method-assign]


noting()
