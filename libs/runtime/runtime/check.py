"""What every service checks of its own stores; the service adds its own invariants, `ekel check` joins them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chassis import audit, deadletters, lease
from chassis.aggregate import Aggregates
from chassis.clock import real_now, rfc3339
from chassis.ports.documents import Doc, Documents, Where
from chassis.ports.errors import PortError
from runtime import heads

PAGE = 500
LONGEST = timedelta(minutes=15)  # no claim is given longer


@dataclass(slots=True)
class Findings:
    """The result of one service's check. `busy` says what is not quiet yet; `wrong` what must never be."""

    service: str
    counts: dict[str, int] = field(default_factory=dict)
    busy: list[str] = field(default_factory=list)
    wrong: list[dict[str, str]] = field(default_factory=list)
    states: dict[str, Any] = field(default_factory=dict)

    def bad(self, invariant: str, id: str, detail: str) -> None:
        """`invariant` is C1 to C14 of docs/architecture.md; `detail` holds no personal data."""
        self.wrong.append({"invariant": invariant, "service": self.service, "id": id, "detail": detail})

    def report(self) -> dict[str, Any]:
        """As JSON, with a hash over the canonical business state: two runs of one story have it in common."""
        states = sorted(json.dumps(s, sort_keys=True, separators=(",", ":")) for s in self.states.values())
        text = json.dumps(states)  # without the ids, which every run draws anew
        return {
            "service": self.service,
            "counts": self.counts,
            "busy": self.busy,
            "wrong": self.wrong,
            "hash": hashlib.sha256(text.encode()).hexdigest(),
        }


def everything(documents: Documents, collection: str, where: Where | None = None) -> Iterator[Doc]:
    """All documents of a collection (that match `where`), by scope and id, in pages."""
    after: list[Any] = []
    while page := documents.find(collection, where or {}, order=("scope", "id"), limit=PAGE, after=after):
        yield from page
        after = [page[-1].scope, page[-1].id]


def soon(store: Aggregates) -> Iterator[Doc]:
    """Documents with a to-do due within `LONGEST`: among them every one that somebody has in hand."""
    until = rfc3339(store.clock.real() + LONGEST)
    return everything(store.documents, store.name, {"due.real": {"lte": until}})


def common(found: Findings, documents: Documents, chain: Documents, stores: list[Aggregates]) -> None:
    """C2 outbox, C10 and C14 audit chains, C11 parked applications, and quiet: nothing due, nothing unsent."""
    _outbox(found, documents)
    for store in stores:
        _promises(found, store)
        for parked in deadletters.listing(store):
            found.counts["parked"] = found.counts.get("parked", 0) + 1
            if not _told(documents, store, parked["scope"], parked["id"]):
                found.bad("C11", parked["id"], "parked, but nobody was told")
    _chains(found, documents, chain)


def _outbox(found: Findings, documents: Documents) -> None:
    for scope, oldest in documents.waiting().items():
        found.busy.append(f"outbox of {scope}")
        if (real_now() - datetime.fromisoformat(oldest)).total_seconds() > lease.PATIENCE:
            found.bad("C2", scope, f"unsent since {oldest}")


def _promises(found: Findings, store: Aggregates) -> None:
    office, real = rfc3339(store.clock.now()), rfc3339(store.clock.real())
    for clock, now in (("office", office), ("real", real)):
        due = store.documents.count(store.name, {f"due.{clock}": {"lte": now}})
        if due:
            found.busy.append(f"{due} to-dos due in {store.name}")
    # A claimed to-do is due again only when its claim runs out, so the markers alone do not show it.
    taken = sum(any(todo["holder"] for todo in doc.body["todos"].values()) for doc in soon(store))
    if taken:
        found.busy.append(f"{taken} documents of {store.name} with work in hand")


def _told(documents: Documents, store: Aggregates, scope: str, id: str) -> bool:
    """Parking appends its trouble event in the same write, which counts the family's sequence."""
    doc = documents.get(store.name, scope, id)
    single = [f.name for f in store.contracts.families.values() if f.delivery == "single"]
    return doc is not None and any(k.split("/")[0] in single for k in doc.body["sequence"])


def _chains(found: Findings, documents: Documents, chain: Documents) -> None:
    """C10: every entry continues the one before. C14: none is missing at the end. Chains grow, so heads come first."""
    told = {doc.scope: doc.body for doc in everything(documents, heads.COLLECTION.name)}
    scopes: dict[str, list[Doc]] = {}
    for doc in everything(chain, audit.COLLECTION.name):
        scopes.setdefault(doc.scope, []).append(doc)
    found.counts["audit"] = sum(len(entries) for entries in scopes.values())
    for scope, entries in scopes.items():
        place = audit.broken(doc.body for doc in entries)
        if place:
            found.bad("C10", scope, f"audit chain broken at {place}")
    for scope, head in told.items():
        named = audit.place(head["n"])
        last = next((doc for doc in scopes.get(scope, ()) if doc.id == named), None)
        if heads.missing(head, last):
            what = "gone" if last is None else "another"
            found.bad("C14", scope, f"audit chain cut: entry {head['n']}, which was written, is {what}")


def readable(found: Findings, check: Callable[[], None]) -> None:
    """Run a check; a store that cannot be read is never fine."""
    try:
        check()
    except (PortError, KeyError, TypeError, ValueError) as error:
        found.bad("C0", found.service, f"store cannot be read: {type(error).__name__}")
