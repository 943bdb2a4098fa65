"""Events that cannot be handled yet wait in their document, by coordinates, and never hold up the lane."""

from __future__ import annotations

from chassis.causes import Cause, Moment, NewEvent
from chassis.clock import rfc3339
from chassis.contracts import Contracts
from chassis.ports.documents import Body

QUEUED, GAP = "queued", "gap"


class Parked(Exception):
    """Raised inside a decision: this event must wait; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def park(body: Body, cause: Cause, reason: str, at: Moment) -> bool:
    """Append the event's coordinates (once); True when it is the head, so that trouble must be told."""
    place = dict(cause.place)
    if any((p["topic"], p["offset"]) == (place["topic"], place["offset"]) for p in body["parked"]):
        return False
    body["parked"].append({**place, "event": cause.id, "reason": reason, "since": rfc3339(at.real)})
    body.setdefault("parked_since", rfc3339(at.real))
    return len(body["parked"]) == 1


def fills_gap(body: Body) -> bool:
    """The missing predecessor has come: it goes ahead of the queue, which is then worked off by itself."""
    if body["parked"][0]["reason"] != GAP:
        return False
    body["replay"] = "replay"
    return True


def unpark(body: Body, cause: Cause) -> bool:
    """Take the head off after its effect (or its skip); True when nothing waits any more.

    A skip is asked for one head and ends in the write that skips it: what an operator asks next is not taken back.
    """
    head = body["parked"][0]
    if (head["topic"], head["offset"]) != (cause.place["topic"], cause.place["offset"]):
        raise ValueError("only the head of the queue may be replayed")
    del body["parked"][0]
    skipped = body.get("replay") == "skip" and body.pop("replay")
    if body["parked"]:
        body["parked"][0].update({"reason": "skipped"} if skipped else {})
        return False
    for marker in ("parked_since", "replay"):
        body.pop(marker, None)
    return True


def trouble(contracts: Contracts, service: str, id: str, cause: Cause, reason: str, at: Moment) -> NewEvent:
    """What the others hear of it: codes and coordinates, never the payload."""
    data = {"service": service, "id": id, "reason": reason, **cause.place, "time": rfc3339(at.real)}
    return NewEvent(contracts.parked, data, subject=at.ids[-1])


def relief(contracts: Contracts, service: str, id: str, at: Moment) -> NewEvent:
    data = {"service": service, "id": id, "time": rfc3339(at.real)}
    return NewEvent(contracts.resumed, data, subject=at.ids[-1])
