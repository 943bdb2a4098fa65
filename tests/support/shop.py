"""A toy system of two services, a shop and a ledger, to test the chassis without a word of the real domain."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from chassis import lease
from chassis.aggregate import Aggregates, collection
from chassis.causes import Cause, Decide, Decision, Moment, NewEvent, State
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.dispatch import Dispatcher, Route
from chassis.envelope import Event
from chassis.ids import new_id
from chassis.metrics import Metrics
from chassis.ports.documents import Documents
from chassis.ports.events import Consumer, Events, Record
from chassis.relay import Relay
from chassis.worker import Worker
from engines.open import open_documents, open_events
from support.tree import ROOT

SOLD, VIEWED, PRICE = "order.sold", "order.viewed", "price.shared"
TROUBLE, RELIEF = "handling.stuck", "handling.resumed"


def contracts(folder: Path) -> Contracts:
    """Write the toy's contract files into `folder` and load them."""
    sent = {"shop": [SOLD, VIEWED, PRICE, TROUBLE, RELIEF], "ledger": [TROUBLE, RELIEF]}
    of = {SOLD: "facts", VIEWED: "facts", PRICE: "shared", TROUBLE: "trouble", RELIEF: "trouble"}
    channels = {
        "facts": {"address": "toy.facts.{branch}", "x-delivery": "ordered", "messages": {}},
        "shared": {"address": "toy.shared.{branch}", "x-delivery": "latest", "messages": {}},
        "trouble": {"address": "toy.trouble", "x-delivery": "single", "messages": {}},
    }
    messages: dict[str, Any] = {}
    (folder / "any.json").write_text(json.dumps({"type": "object", "properties": {"n": {"type": "integer"}}}))
    for service, names in sent.items():
        for name in names:
            id = f"{service}.{name}.v1"
            channels[of[name]]["messages"][id] = {}  # type: ignore[index]
            messages[id] = {"name": f"org.toy.{id}", "payload": {"$ref": "any.json"}}
    heard = [{"$ref": f"#/channels/{of[n]}/messages/shop.{n}.v1"} for n in (SOLD, VIEWED, PRICE)]
    api = {
        "info": {"x-scope-extension": "branch", "x-parked-event": TROUBLE, "x-resumed-event": RELIEF},
        "channels": channels,
        "operations": {"ledger": {"action": "receive", "x-service": "ledger", "messages": heard}},
        "components": {"messages": messages},
    }
    (folder / "asyncapi.yaml").write_text(yaml.safe_dump(api))
    return Contracts(folder)


@dataclass
class Toy:
    """Both services on embedded engines, or events at `log`; `broken` is what the ledger's handler refuses."""

    folder: Path
    broken: set[int] = field(default_factory=set)
    away: set[int] = field(default_factory=set)
    log: str = ""
    opened: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        (self.folder / "contracts").mkdir(parents=True, exist_ok=True)
        self.contracts = contracts(self.folder / "contracts")
        self.clock = Clock(ZoneInfo("Asia/Jakarta"), self.folder / "clock.json")
        self.metrics = Metrics(ROOT / "contracts")
        self.events = self.open_events()
        self.events.ensure(self.contracts.topics(["north", "south", "east"]))
        self.shop = self.aggregates("shop")
        self.ledger = self.aggregates("ledger")
        self.dispatcher = Dispatcher(
            "ledger",
            self.contracts,
            self.ledger,
            {f"org.toy.shop.{n}.v1": Route(self.ledger, self.book) for n in (SOLD, PRICE)},
        )

    def open_events(self) -> Events:
        events = open_events(self.log or f"sqlite:///{self.folder}/log.sqlite?groups={self.folder}/groups")
        self.opened.callback(events.close)
        return events

    def open_documents(self, service: str) -> Documents:
        documents = open_documents(f"sqlite:///{self.folder}/{service}/documents.sqlite")
        self.opened.callback(documents.close)
        documents.migrate([collection("orders"), lease.COLLECTION])
        return documents

    def aggregates(self, service: str) -> Aggregates:
        return Aggregates(self.open_documents(service), "orders", service, self.contracts, self.clock)

    def book(self, event: Event, state: State | None, at: Moment) -> Decision:
        """The ledger's handler: it keeps every number in the order in which it came."""
        n = (event.data or {}).get("n", 0)
        if n in self.broken:
            raise ValueError("this number cannot be booked")
        old = state or {"numbers": []}
        return Decision({"numbers": [*old["numbers"], n]})

    def sell(self, scope: str, id: str, *numbers: int, name: str = SOLD) -> None:
        """One event per number, each from a command of its own."""
        for n in numbers:
            self.shop.update(scope, id, _always(n, name), Cause.command(new_id()))

    def relay(self) -> Relay:
        return Relay(
            "shop", self.shop.documents, self.events, lease.Lease(self.shop.documents, "relay"), self.metrics
        )

    def worker(self) -> Worker:
        return Worker(self.events, self.dispatcher, self.metrics)

    def records(self, scope: str) -> list[Record]:
        return self.events.read(f"toy.facts.{scope}", 0, 10_000)

    def numbers(self, scope: str, id: str) -> list[int]:
        found = self.ledger.read(scope, id)
        return [] if found is None else list(found.state["numbers"])

    def join(self) -> Consumer:
        return self.events.consumer("ledger", self.dispatcher.prefixes())


def _always(n: int, name: str) -> Decide:
    decision = Decision({"n": n}, (NewEvent(name, {"n": n}),))
    return lambda state, at: decision
