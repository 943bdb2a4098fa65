"""Open tasks that release 0.1 stored get the place in an inbox that inboxes are asked by since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from chassis.ports.documents import Documents
from persetujuan.domain.keadaan import from_state, to_state

PAGE: Final = 100


def perbarui(documents: Documents, collection: str) -> None:
    """Repeatable, and beside processes at work: who wrote a case meanwhile wrote it in today's form."""
    after: list[Any] = []
    # By the inbox's own index: on every later start it holds nothing of the kind, and no case is looked at.
    lacking = {"state.terbuka.peran": {"gte": ""}, "state.terbuka.urut": {"exists": False}}
    order = ("state.terbuka.peran", "id")
    while page := documents.find(collection, lacking, order=order, limit=PAGE, after=after):
        for doc in page:
            body = {**doc.body, "state": to_state(from_state(doc.body["state"]))}
            documents.replace(collection, replace(doc, rev=doc.rev + 1, body=body), doc.rev)
        after = [page[-1].body["state"]["terbuka"]["peran"], page[-1].id]
