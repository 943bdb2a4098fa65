"""Open tasks that release 0.1 stored get the place in an inbox that inboxes are asked by since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from chassis.ports.documents import Documents
from persetujuan.domain.kasus import Tahap
from persetujuan.domain.keadaan import from_state, to_state

PAGE: Final = 100


def perbarui(documents: Documents, collection: str) -> None:
    """Repeatable, and beside processes at work: who wrote a case meanwhile wrote it in today's form."""
    after: list[Any] = []
    running = {"state.tahap": Tahap.BERJALAN.value}
    while page := documents.find(collection, running, order=("scope", "id"), limit=PAGE, after=after):
        for doc in page:
            if "urut" not in doc.body["state"].get("terbuka", {"urut": ""}):
                body = {**doc.body, "state": to_state(from_state(doc.body["state"]))}
                documents.replace(collection, replace(doc, rev=doc.rev + 1, body=body), doc.rev)
        after = [page[-1].scope, page[-1].id]
