"""Quiet: every outbox empty, every group at the end of its lanes, no to-do due or in hand. Says what is not."""

from __future__ import annotations

import time

from chassis.aggregate import Aggregates
from chassis.clock import rfc3339
from ekel.deployables import DEPLOYABLES
from ekel.stores import Stores
from runtime.check import soon

PAUSE = 0.2  # seconds between looks
LOOKS = 2  # quiet looks in a row: what one look missed between two stores shows in the next


def wait(stores: Stores, seconds: float) -> list[str]:
    """Empty when quiet within `seconds`; otherwise what kept it busy at the end. Raises `PortError`."""
    deadline, calm = time.monotonic() + seconds, 0
    while True:
        restless = busy(stores)
        calm = 0 if restless else calm + 1
        if calm >= LOOKS:
            return []
        if restless and time.monotonic() >= deadline:
            return restless
        time.sleep(PAUSE)


def busy(stores: Stores) -> list[str]:
    """One look at all stores that could be opened."""
    found = []
    for service, store in stores.cases.items():
        found += [f"{service}: outbox of {scope}" for scope in store.documents.waiting()]
        for clock, now in (("office", store.clock.now()), ("real", store.clock.real())):
            due = store.documents.count(store.name, {f"due.{clock}": {"lte": rfc3339(now)}})
            if due:
                found.append(f"{service}: {due} to-dos due")
        if held := _held(store):
            found.append(f"{service}: {held} to-dos in hand")
    return found + _lag(stores)


def _held(store: Aggregates) -> int:
    """To-dos begun and not done: in work, left by a dead worker until his claim runs out, or to be tried anew."""
    todos = (todo for doc in soon(store) for todo in doc.body["todos"].values())
    return sum(bool(todo["holder"] or todo["attempts"]) for todo in todos)


def _lag(stores: Stores) -> list[str]:
    if stores.events is None:
        return []
    found = []
    for service in DEPLOYABLES:
        families = {t.family.prefix for t in stores.contracts.heard_by(service)}
        if families:
            lag = stores.events.lag(service, sorted(families))
            found += [f"{service}: {n} records of {topic} unread" for topic, n in lag.items() if n]
    return found
