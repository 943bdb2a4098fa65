"""What a document remembers beside its state: which causes it has seen, which numbers it has given."""

from __future__ import annotations

from typing import Any

from chassis.causes import Cause
from chassis.envelope import Event
from chassis.ports.documents import Body


def empty() -> Body:
    """The body of a document that does not exist yet."""
    maps: Body = {name: {} for name in ("inbox", "commands", "sequence", "todos", "due")}
    return {"state": None, "version": 0, **maps, "parked": []}


def copied(body: Any) -> Any:
    """A body, or a part of one, that may be changed without touching the one that was read: JSON and nothing else."""
    if isinstance(body, dict):
        return {key: copied(value) for key, value in body.items()}
    return [copied(value) for value in body] if isinstance(body, list) else body


def stream(event: Event, delivery: str) -> str:
    """The key of an event's vector entry. Snapshots of different kinds replace only their own kind."""
    kind = f"/{event.name}" if delivery == "latest" else ""
    return f"{event.source}/{event.family}{kind}"


def last(body: Body, stream: str) -> int:
    return int(body["inbox"].get(stream, 0))


def remember(body: Body, cause: Cause, delivery: str, *, created: bool) -> None:
    """Note the cause in the body that carries its effect; `delivery` is the event's, or empty."""
    if cause.kind == "command" or delivery == "single":
        body["commands"][cause.id] = cause.digest
        if created:
            body.setdefault("created_by", cause.id)
    elif cause.event is not None:
        key = stream(cause.event, delivery)
        body["inbox"][key] = max(cause.event.sequence, last(body, key))


def next_sequence(body: Body, family: str, subject: str, own: str) -> int:
    """1, 2, 3 … per family and subject, given in the write that appends the event."""
    key = family if subject == own else f"{family}/{subject}"
    body["sequence"][key] = body["sequence"].get(key, 0) + 1
    return int(body["sequence"][key])
