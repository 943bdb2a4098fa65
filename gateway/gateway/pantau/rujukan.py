"""Reference data that the gateway hears: offices, services and officials, newest snapshot wins."""

from __future__ import annotations

from chassis.aggregate import Aggregates
from chassis.causes import Decision, Moment, State
from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher, Route
from chassis.envelope import Event, NotAnEvent
from chassis.ports.events import Events, Record
from gateway.pantau.status import ACUAN

LAYANAN = "id.ekelurahan.pengajuan.layanan.diubah.v1"
_BATCH = 500


def store(event: Event, state: State | None, at: Moment) -> Decision:
    """The chassis has dropped older snapshots already."""
    return Decision(None if event.data is None else dict(event.data))


def kantor(event: Event) -> tuple[str, str]:
    return ACUAN, f"kantor.{event.subject}"


def layanan(event: Event) -> tuple[str, str]:
    return ACUAN, f"layanan.{event.subject}"


def pejabat(event: Event) -> tuple[str, str]:
    return ACUAN, f"pejabat.{event.subject}"


def dispatcher(contracts: Contracts, rujukan: Aggregates) -> Dispatcher:
    """What gateway-worker does with what it hears."""
    routes = {
        "id.ekelurahan.pengajuan.kantor.diubah.v1": Route(rujukan, store, kantor),
        LAYANAN: Route(rujukan, store, layanan),
        "id.ekelurahan.persetujuan.pejabat.diubah.v1": Route(rujukan, store, pejabat),
    }
    return Dispatcher("gateway", contracts, rujukan, routes)


def susul(hear: Dispatcher, events: Events) -> None:
    """Take in the names of services that release 0.2 passed over; whatever is known already changes nothing.

    Reference data are few, so this is done at every start. Raises `PortError`.
    """
    topic = hear.contracts.families["acuan"].address
    if topic not in events.topics(topic):
        return
    place, end = events.bounds([topic])[topic]
    while place < end and (records := events.read(topic, place, _BATCH)):
        for record in records:
            _take(hear, record)
        place = records[-1].offset + 1


def _take(hear: Dispatcher, record: Record) -> None:
    try:
        event = hear.event(record)
    except NotAnEvent:
        return  # no event of ours is passed over, as everywhere
    if event.type == LAYANAN:
        hear.apply(record, event)
