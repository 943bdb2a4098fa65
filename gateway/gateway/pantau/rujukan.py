"""Reference data that the gateway hears: offices, services and officials, newest snapshot wins."""

from __future__ import annotations

from chassis.aggregate import Aggregates
from chassis.causes import Decision, Moment, State
from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher, Route
from chassis.envelope import Event
from gateway.pantau.status import ACUAN


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
        "id.ekelurahan.pengajuan.layanan.diubah.v1": Route(rujukan, store, layanan),
        "id.ekelurahan.persetujuan.pejabat.diubah.v1": Route(rujukan, store, pejabat),
    }
    return Dispatcher("gateway", contracts, rujukan, routes)
