"""Fill a stopped system with ended cases: one real case, copied through the document port under ids of its own."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from chassis.ids import new_id
from chassis.ports.documents import Doc, Documents
from chassis.settings import Settings
from engines.open import open_documents
from runtime.check import everything

# Where a refused case leaves documents that grow with the number of cases, and are asked for by others.
PLACES = (
    ("pengajuan", "permohonan"),
    ("persetujuan", "kasus"),
    ("dokumen", "perkara"),
    ("notifikasi", "kabar"),
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def fill(settings: Settings, amount: int, play: Callable[[], str]) -> None:
    """`play` runs one case to its end and stops the system; its id. Then `amount` copies are stored."""
    id, begin = play(), time.monotonic()
    for service, collection in PLACES:
        documents = open_documents(settings.documents(service), service)
        found = [doc for doc in everything(documents, collection) if id in f"{doc.id} {json.dumps(doc.body)}"]
        with ThreadPoolExecutor(16) as many:
            list(many.map(partial(_copy, documents, collection, found), range(amount)))
        documents.close()
    print(f"   {amount} copies of one case stored in {time.monotonic() - begin:.0f} s", flush=True)


def _copy(documents: Documents, collection: str, found: list[Doc], turn: int) -> None:
    for doc in found:
        whole = json.dumps({"id": doc.id, "body": doc.body})
        for each in set(_UUID.findall(whole)):
            whole = whole.replace(each, _id(each, turn))
        made = json.loads(whole)
        if resi := made["body"].get("state", {}).get("resi"):
            made["body"]["state"]["resi"] = "".join(secrets.choice(ALPHABET) for _ in resi)
        documents.insert(collection, Doc(scope=doc.scope, id=made["id"], rev=doc.rev, body=made["body"]))


_IDS: dict[tuple[str, int], str] = {}


def _id(old: str, turn: int) -> str:
    """The same new id for the same old one within a copy, in every store."""
    return _IDS.setdefault((old, turn), new_id())
