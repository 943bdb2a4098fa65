"""Short words for documents in tests of the document port."""

from __future__ import annotations

from typing import Any

from chassis.ports.documents import Doc, Documents

ARSIP = "3276011006"
LAIN = "3276011001"


def doc(id: str = "satu", scope: str = ARSIP, rev: int = 1, **body: Any) -> Doc:
    return Doc(scope=scope, id=id, rev=rev, body=body)


def put(documents: Documents, *docs: Doc) -> None:
    for each in docs:
        documents.insert("permohonan", each)


def ids(found: list[Doc]) -> list[str]:
    return [each.id for each in found]


def entries(documents: Documents, scope: str = ARSIP) -> list[Any]:
    return [unsent.entry["n"] for unsent in documents.unsent(scope, 1000)]
