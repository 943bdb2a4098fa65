"""Causes and decisions: why a document is written, and what the decision wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from chassis.envelope import Event
from chassis.todos import Todo

State = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Time and ids for one decision, drawn once, so that a repeated decision is the same decision."""

    now: datetime
    real: datetime
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that a decision wants sent; `subject` defaults to the document's id."""

    name: str
    data: Mapping[str, Any] | None
    subject: str | None = None
    extensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision wants: a state, events, to-dos added (or replaced) by id, ids of to-dos done."""

    state: State | None
    events: tuple[NewEvent, ...] = ()
    todos: tuple[Todo, ...] = ()
    done: tuple[str, ...] = ()


Decide = Callable[[State | None, Moment], Decision]


def unchanged(state: State | None, at: Moment) -> Decision:
    """Nothing happens; the cause is remembered."""
    return Decision(state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A command, an event at a place in the log, or a to-do of the document itself.

    `expected` is the version of If-Match; `replay` lets a parked event pass its own queue.
    """

    id: str
    kind: Literal["command", "event", "todo"]
    digest: str = ""
    event: Event | None = None
    place: Mapping[str, Any] = field(default_factory=dict)
    expected: int | None = None
    replay: bool = False

    @staticmethod
    def command(key: str, digest: str = "", *, expected: int | None = None) -> Cause:
        """`key` is unique per caller, `digest` a hash of what was asked."""
        return Cause(id=key, kind="command", digest=digest, expected=expected)

    @staticmethod
    def of(event: Event, place: Mapping[str, Any], *, replay: bool = False) -> Cause:
        """`place` = {topic, offset} of the record."""
        id = f"{event.source}/{event.id}"
        return Cause(id=id, kind="event", event=event, place=place, replay=replay)

    @staticmethod
    def todo(id: str) -> Cause:
        """The to-do `id` of the document; carrying it out removes it."""
        return Cause(id=id, kind="todo")
