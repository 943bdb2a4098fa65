"""Events on the wire: CloudEvents 1.0, Kafka protocol binding, binary mode (`ce_*` headers).

The identity of an event is (source, family, subject, sequence); its `id` is made of the last three, so that a
repeat carries the same id and the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cloudevents.core.bindings.kafka import to_binary_event
from cloudevents.core.v1.event import CloudEvent

from chassis.clock import rfc3339
from chassis.contracts import EventType
from chassis.ports.events import Outgoing, Record

_OWN = ("id", "source", "type", "time", "subject", "sequence", "correlationid", "causationid", "specversion")


class NotAnEvent(Exception):
    """A record whose headers are not those of a CloudEvent of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event as a handler sees it. `data` is None only for a removed snapshot."""

    source: str
    type: str
    family: str
    scope: str
    subject: str
    sequence: int
    time: str
    correlation: str
    causation: str
    extensions: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] | None
    traceparent: str | None = None

    @property
    def id(self) -> str:
        return f"{self.family}.{self.subject}.{self.sequence}"

    @property
    def name(self) -> str:
        """The short name, e.g. `order.placed` of `id.shop.sales.order.placed.v1`."""
        return self.type.split(".", 3)[3].rsplit(".", 1)[0]


def outgoing(event: Event, kind: EventType, scope_extension: str) -> Outgoing:
    """The record that carries `event`; the same event gives the same bytes."""
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.id,
        "source": f"/{event.source}",
        "type": event.type,
        "time": datetime.fromisoformat(event.time),
        "subject": event.subject,
        "datacontenttype": "application/json",
        "sequence": str(event.sequence),
        "correlationid": event.correlation,
        "causationid": event.causation,
        scope_extension: event.scope,
        **event.extensions,
    }
    body = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    message = to_binary_event(CloudEvent(attributes, body))
    headers = {name: value.decode() for name, value in message.headers.items()}
    if event.traceparent:
        headers["traceparent"] = event.traceparent
    value = None if event.data is None else message.value
    return Outgoing(
        topic=kind.family.topic(event.scope).name, key=kind.key(event.subject), headers=headers, value=value
    )


def incoming(record: Record, family: str, scope_extension: str) -> Event:
    """The event in a record. Raises `NotAnEvent` naming what is missing."""
    attributes = {k[3:]: v for k, v in record.headers.items() if k.startswith("ce_")}
    try:
        return Event(
            source=attributes["source"].removeprefix("/"),
            type=attributes["type"],
            family=family,
            scope=attributes[scope_extension],
            subject=attributes["subject"],
            sequence=int(attributes["sequence"]),
            time=rfc3339(datetime.fromisoformat(attributes["time"])),
            correlation=attributes["correlationid"],
            causation=attributes["causationid"],
            extensions={k: v for k, v in attributes.items() if k not in _OWN and k != scope_extension},
            data=None if record.value is None else json.loads(record.value),
            traceparent=record.headers.get("traceparent"),
        )
    except (KeyError, ValueError) as error:
        raise NotAnEvent(f"{record.topic}@{record.offset}: {error!r}") from error
