"""Parked applications seen by an operator: list, replay from the head, skip the head.

A request is a marker in the document; the owner of the lane carries it out, so that replayed and live events
never meet. Each success removes the head in the write that holds its effect.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from chassis import memory
from chassis.aggregate import TRIES, Aggregates, Conflict
from chassis.causes import unchanged
from chassis.dispatch import Dispatcher, cause_of
from chassis.ports.errors import NotFound
from chassis.ports.events import Events, Record


def listing(store: Aggregates, limit: int = 1000) -> list[dict[str, Any]]:
    """Parked applications, oldest first: {scope, id, since, queue: [{topic, offset, reason, …}]}."""
    where = {"parked_since": {"exists": True}}
    docs = store.documents.find(store.name, where, order=("parked_since", "id"), limit=limit)
    return [
        {"scope": d.scope, "id": d.id, "since": d.body["parked_since"], "queue": d.body["parked"]}
        for d in docs
    ]


def request(store: Aggregates, scope: str, id: str, action: Literal["replay", "skip"]) -> bool:
    """Ask the lane's owner to act on the head; False if nothing is parked there. Raises `Conflict`."""
    return _mark(store, scope, id, action)


def released(store: Aggregates, scopes: Iterable[str]) -> list[tuple[str, str]]:
    """Applications of these scopes whose head an operator released: few of all, so they are not asked for by scope."""
    found = store.documents.find(store.name, {"replay": {"exists": True}}, order=("replay", "id"), limit=1000)
    ours = set(scopes)
    return [(d.scope, d.id) for d in found if d.scope in ours]


def replay(dispatcher: Dispatcher, events: Events, scope: str, id: str) -> None:
    """Work the queue from its head until it is empty; raises what the handler raises, the rest stays."""
    store = dispatcher.cases
    while (doc := store.documents.get(store.name, scope, id)) and doc.body["parked"]:
        head = doc.body["parked"][0]
        record = _record(events, head["topic"], head["offset"])
        event = dispatcher.event(record)
        if doc.body.get("replay") == "skip":
            store.update(scope, id, unchanged, cause_of(record, event, replay=True))
            return
        dispatcher.apply(record, event, replay=True)


def refuse(store: Aggregates, scope: str, id: str, reason: str) -> None:
    """The head stays; take the operator's request back and note why."""
    _mark(store, scope, id, "", reason)


def _mark(store: Aggregates, scope: str, id: str, action: str, reason: str = "") -> bool:
    """Set or take back the request, whoever else writes the document meanwhile."""
    for _ in range(TRIES):
        doc = store.documents.get(store.name, scope, id)
        if doc is None or not doc.body["parked"]:
            return False
        body = memory.copied(doc.body)
        body.pop("replay", None)
        body.update({"replay": action} if action else {})
        body["parked"][0]["reason"] = reason or body["parked"][0]["reason"]
        if store.documents.replace(store.name, replace(doc, rev=doc.rev + 1, body=body), doc.rev):
            return True
    raise Conflict(f"{store.name}/{scope}/{id}")


def _record(events: Events, topic: str, offset: int) -> Record:
    found = events.read(topic, offset, 1)
    if not found or found[0].offset != offset:
        raise NotFound(f"{topic}@{offset}")
    return found[0]
