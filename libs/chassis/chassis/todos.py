"""Work promised inside a document: due dates and slow outside work, stored in the write that decided them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from chassis.clock import rfc3339
from chassis.ports.documents import Body

BACKOFF = (2, 5, 15, 60, 300, 900, 3600)  # seconds between tries of outside work


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One promise. `clock` says which clock `due` is on; `target` names what is limited beside the scope."""

    id: str
    kind: str
    due: datetime
    clock: Literal["office", "real"] = "real"
    target: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def add(body: Body, todos: tuple[Todo, ...], done: tuple[str, ...]) -> None:
    """Apply a decision's promises to a body and set its due markers."""
    for id in done:
        body["todos"].pop(id, None)
    for todo in todos:
        body["todos"][todo.id] = {
            "kind": todo.kind,
            "due": rfc3339(todo.due),
            "clock": todo.clock,
            "target": todo.target,
            "data": dict(todo.data),
            "attempts": 0,
            "holder": None,
        }
    mark(body)


def mark(body: Body) -> None:
    """Keep the indexed markers: the earliest due moment on each clock; absent when nothing is due."""
    due: dict[str, str] = {}
    for todo in body["todos"].values():
        clock = "real" if todo["holder"] else todo["clock"]
        due[clock] = min(due.get(clock, todo["due"]), todo["due"])
    body["due"] = due


def ready(body: Body, office: str, real: str) -> list[str]:
    """Ids of the to-dos that may be taken now: due, or claimed by a holder whose time is over."""
    now = {"office": office, "real": real}
    return [id for id, t in body["todos"].items() if t["due"] <= now["real" if t["holder"] else t["clock"]]]


def claim(body: Body, id: str, holder: str, until: datetime) -> None:
    todo = body["todos"][id]
    todo.update(holder=holder, due=rfc3339(until), attempts=todo["attempts"] + 1)
    mark(body)


def release(body: Body, id: str, real: datetime, reason: str) -> None:
    """Give a failed to-do back, due again after a pause that grows with its tries."""
    todo = body["todos"][id]
    pause = BACKOFF[min(todo["attempts"], len(BACKOFF)) - 1]
    todo.update(holder=None, clock="real", due=rfc3339(real + timedelta(seconds=pause)), reason=reason)
    mark(body)
