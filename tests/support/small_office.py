"""A small installation: one case's events through real stores, relays and workers, until all is quiet."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from chassis import lease
from chassis.aggregate import Aggregates, collection
from chassis.causes import Cause, Decision, Moment, NewEvent, State
from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher, Route
from chassis.envelope import Event
from chassis.metrics import Metrics
from chassis.relay import Relay
from chassis.settings import Settings
from chassis.worker import Worker
from ekel.check import quiet
from ekel.check.joined import BESIDE
from ekel.deployables import CASES
from ekel.stores import Stores, opened
from engines.open import open_documents, open_events
from support.tree import ROOT

OFFICE: Final = "3276051006"
CASE: Final = "019900a1-0000-7000-8000-0000000000a1"
LETTER: Final = "019900c1-0000-7000-8000-0000000000c1"
# Who decides what, in order; the data is that of the golden examples.
STEPS: Final = (
    ("pengajuan", ("permohonan.diajukan", "pemohon.dibagikan")),
    ("pengajuan", ("permohonan.siap_diperiksa",)),
    ("pengajuan", ("permohonan.dinyatakan_lengkap",)),
    ("persetujuan", ("permohonan.disetujui",)),
    ("dokumen", ("surat.diterbitkan",)),
)


def build(settings: Settings) -> None:
    """Fill the stores below `settings.data`; every outbox is empty and every group at its end afterwards."""
    contracts = Contracts(settings.contracts)
    for service, name in CASES.items():
        documents = open_documents(settings.documents(service), service)
        beside = [collection(each) for each in BESIDE.get(service, ())]
        documents.migrate([collection(name), collection("rujukan"), *beside, lease.COLLECTION])
        documents.close()
    events = open_events(settings.events())
    events.ensure(contracts.topics([OFFICE]))
    events.close()
    with opened(settings) as stores, running(stores):
        for service, names in STEPS:
            decide(stores.cases[service], names)
            assert quiet.wait(stores, 20) == []


def decide(store: Aggregates, names: tuple[str, ...]) -> None:
    def decision(state: State | None, at: Moment) -> Decision:
        return Decision(
            {**(state or {}), **_after(names[0])}, tuple(NewEvent(n, golden(store, n)) for n in names)
        )

    store.update(OFFICE, CASE, decision, Cause.command(f"test:{names[0]}"))


def _after(name: str) -> dict[str, Any]:
    """The owner's state as far as the log can be compared with it."""
    if name == "permohonan.diajukan":
        return {"status": "menunggu_berkas", "diajukan_pada": "2026-01-15T03:05:00+00:00", "layanan": "SKDOM"}
    if name == "surat.diterbitkan":
        return {"surat": {LETTER: {"terbit": "2026-01-15T03:05:00.000Z"}}}
    return {"status": {"permohonan.siap_diperiksa": "diperiksa"}.get(name, "diproses")}


def golden(store: Aggregates, name: str) -> dict[str, Any]:
    file = ROOT / "contracts" / "examples" / f"{store.service}.{name}" / "v1.1.json"
    data: dict[str, Any] = json.loads(file.read_text())["data"]
    return data


@contextmanager
def running(stores: Stores, poison: str = "") -> Iterator[None]:
    """Relay and worker of every service, as threads; notifikasi stumbles over events named `poison`."""

    def stumble(event: Event, state: State | None, at: Moment) -> Decision:
        raise ValueError("planted")

    assert stores.events is not None
    stop, metrics = threading.Event(), Metrics(ROOT / "contracts")
    threads = []
    for service, store in stores.cases.items():
        relay = Relay(service, store.documents, stores.events, lease.Lease(store.documents, "relay"), metrics)
        heard = stores.contracts.heard_by(service)
        poisoned = {t.type for t in heard if service == "notifikasi" and t.name == poison}
        routes = {t.type: Route(store, stumble if t.type in poisoned else _hear) for t in heard}
        worker = Worker(stores.events, Dispatcher(service, stores.contracts, store, routes), metrics)
        threads += [threading.Thread(target=loop, args=(stop,)) for loop in (relay.run, worker.run)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _hear(event: Event, state: State | None, at: Moment) -> Decision:
    """What other services' events do to an owner's status; to the others they are only remembered."""
    status = {"permohonan.disetujui": "disetujui", "surat.diterbitkan": "terbit"}.get(event.name)
    if status and state and "status" in state and "diajukan_pada" in state:
        return Decision({**state, "status": status})
    return Decision(state or {})


def settings(folder: Path) -> Settings:
    return Settings(env="test", data=folder)
