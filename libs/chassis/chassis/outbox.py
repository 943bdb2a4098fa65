"""From a wanted event to an outbox entry: number, identity, trace, schema and size, all at appending."""

from __future__ import annotations

from chassis import memory, trace
from chassis.causes import Cause, Moment, NewEvent
from chassis.clock import rfc3339
from chassis.contracts import ContractBroken, Contracts
from chassis.envelope import Event, outgoing
from chassis.ports.documents import Body
from chassis.ports.events import MAX_RECORD, Outgoing


def entry(
    contracts: Contracts, service: str, body: Body, scope: str, id: str, new: NewEvent, cause: Cause,
    at: Moment,
) -> Body:  # fmt: skip
    """The entry to append. Raises `ContractBroken` if the event does not fit its promise."""
    kind = contracts.sent_by(service, new.name)
    if new.data is not None:
        kind.check(new.data)
    subject = new.subject or id
    event = Event(
        source=service,
        type=kind.type,
        family=kind.family.name,
        scope=scope,
        subject=subject,
        sequence=memory.next_sequence(body, kind.family.name, subject, id),
        time=rfc3339(at.now),
        correlation=cause.event.correlation if cause.event else id,
        causation=cause.id if cause.kind != "command" else trace.current().split("-")[1],
        extensions=new.extensions,
        data=new.data,
        traceparent=trace.current(),
    )
    record = outgoing(event, kind, contracts.scope_extension)
    if record.value is not None and len(record.value) > MAX_RECORD:
        raise ContractBroken(f"{kind.type}: {len(record.value)} bytes, the limit is {MAX_RECORD}")
    return {
        "topic": record.topic,
        "key": record.key,
        "headers": dict(record.headers),
        "value": None if record.value is None else record.value.decode(),
    }


def record(stored: Body) -> Outgoing:
    """The record of a stored entry, byte for byte the same each time."""
    value = stored["value"]
    return Outgoing(
        topic=stored["topic"],
        key=stored["key"],
        headers=stored["headers"],
        value=None if value is None else value.encode(),
    )
