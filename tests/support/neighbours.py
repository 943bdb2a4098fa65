"""Other services as they are seen from inside one: events on the real log, tokens of the gateway, due loops."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from chassis import lease
from chassis.aggregate import Aggregates, Cause, Decision, NewEvent, collection
from chassis.claims import Claims
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher
from chassis.envelope import Event, incoming
from chassis.ids import new_id
from chassis.metrics import Metrics
from chassis.ports.documents import Documents
from chassis.relay import Relay
from chassis.settings import Settings
from chassis.worker import Worker
from engines.open import open_documents, open_events
from support import jam
from support.tree import ROOT
from support.waiting import until
from web import pseudonyms, tokens

OFFICE: Final = "3276011006"
NAMES: Final = ["gateway", "pengajuan", "dokumen", "persetujuan", "notifikasi"]


class Neighbours:
    """Says what other services would say, over stores and outboxes of their own and the real log."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.contracts = settings, Contracts(settings.contracts)
        self.metrics = Metrics(settings.contracts)
        tokens.ensure_keys(settings.key_folder(), NAMES)
        pseudonyms.ensure(settings.key_folder())
        self.events = open_events(settings.events())
        self.events.ensure(self.contracts.topics([OFFICE]))
        self._stores: dict[str, Aggregates] = {}

    def close(self) -> None:
        for store in self._stores.values():
            store.documents.close()
        self.events.close()

    def say(
        self, service: str, id: str, *events: tuple[str, Mapping[str, Any] | None], scope: str = OFFICE
    ) -> None:
        """Append events in one write of `service` and publish them."""
        store = self._store(service)
        told = tuple(NewEvent(name, data) for name, data in events)
        store.update(scope, id, lambda state, at: Decision({}, told), Cause.command(new_id()))
        relay = Relay(
            service, store.documents, self.events, lease.Lease(store.documents, "relay"), self.metrics
        )
        until(lambda: relay.step() >= 0 and not store.documents.waiting(), what=f"{service} published")

    def heard(self, topic: str, source: str, subject: str | None = None) -> list[Event]:
        """Events of one sender on a topic, in order."""
        family = self.contracts.family_of(topic).name
        found = [
            incoming(record, family, self.contracts.scope_extension)
            for record in self.events.read(topic, 0, 1000)
        ]
        return [e for e in found if e.source == source and subject in {None, e.subject}]

    def told(self, source: str, subject: str, family: str = "peristiwa", scope: str = OFFICE) -> list[str]:
        """Short names of what `source` said about a subject."""
        topic = self.contracts.families[family].topic(scope).name
        return [event.name for event in self.heard(topic, source, subject)]

    def caught_up(self, dispatcher: Dispatcher, documents: Documents) -> bool:
        """Nothing unsent, nothing unread."""
        lag = self.events.lag(dispatcher.service, dispatcher.prefixes())
        return not documents.waiting() and not any(lag.values())

    def _store(self, service: str) -> Aggregates:
        if service not in self._stores:
            documents = open_documents(f"sqlite:///{self.settings.data}/said/{service}.sqlite")
            documents.migrate([collection("said"), lease.COLLECTION])
            clock = self.settings.clock()
            self._stores[service] = Aggregates(documents, "said", service, self.contracts, clock)
        return self._stores[service]


class Running:
    """Worker and relay of the service under test, as threads."""

    def __init__(
        self, near: Neighbours, dispatcher: Dispatcher, documents: Documents, claims: Claims | None = None
    ) -> None:
        self._near, self._dispatcher, self._documents = near, dispatcher, documents
        relay = Relay(
            dispatcher.service, documents, near.events, lease.Lease(documents, "relay"), near.metrics
        )
        self.loops = [relay.run, Worker(near.events, dispatcher, near.metrics).run]
        self.loops += [claims.run] if claims else []
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=loop, args=(self._stop,)) for loop in self.loops]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def quiet(self) -> None:
        """Return when everything said so far has had its effect and was told on."""
        until(lambda: self._near.caught_up(self._dispatcher, self._documents), what="quiet")


def example(event: str, **changes: Any) -> dict[str, Any]:
    """The data of a golden example, changed."""
    file = ROOT / "contracts" / "examples" / event / "v1.1.json"
    data: dict[str, Any] = json.loads(file.read_text())["data"]
    return data | changes


def bearer(settings: Settings, **claims: Any) -> dict[str, str]:
    """The header of a caller whom the gateway vouches for."""
    token = tokens.Signer(settings.key_folder(), "gateway").sign("layanan", 300, **claims)
    return {"Authorization": f"Bearer {token}"}


def confirmation(settings: Settings, audience: str, sub: str, *ids: str) -> dict[str, str]:
    """The header of somebody who gave the gateway his password anew, for exactly these ids."""
    bound = {"sub": sub, "ids_hash": hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()}
    signer = tokens.Signer(settings.key_folder(), "gateway")
    return {"X-Konfirmasi": signer.sign(audience, 300, jenis="konfirmasi", **bound)}


def at(clock: Clock, data: Path, moment: str) -> None:
    """Move the office clock to `moment` (RFC 3339)."""
    from datetime import datetime

    seconds = (datetime.fromisoformat(moment) - clock.real()).total_seconds()
    jam.shift(data / "run" / "clock.json", seconds=seconds)
