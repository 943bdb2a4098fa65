"""`ekel case`: one case's way through all services, from the log and each service's store; no personal data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.clock import parse
from chassis.envelope import Event, incoming
from chassis.ports.errors import PortError
from chassis.ports.events import Events
from ekel.deployables import shared
from ekel.stores import Stores, opened

PAGE = 500
Place = tuple[str, str]  # (office, application)
# Fields of a state that are codes, numbers or ids by contract; nothing else is ever printed.
SHOWN = (
    "status",
    "layanan",
    "versi_layanan",
    "kanal",
    "putaran",
    "di_kecamatan",
    "tahap",
    "langkah",
    "diputuskan",
)


def run(number: str) -> int:
    """Print the case; 1 if no service knows it."""
    with opened(shared()) as stores:
        for name, why in stores.unreadable.items():
            print(f"cannot open {name}: {why}")
        place = find(stores, number.strip())
        if place is None:
            print(f"no case {number}")
            return 1
        for scope, id in moved(stores, place):
            _case(stores, scope, id)
    return 0


def moved(stores: Stores, place: Place) -> list[Place]:
    """A misfiled case and what it went on as, oldest first; a case that stayed where it was is alone."""
    chain = [place]
    while came := _other(stores, chain[0], "pindah_dari"):
        chain.insert(0, came)
    while went := _other(stores, chain[-1], "pindah_ke"):
        chain.append(went)
    return chain


def _other(stores: Stores, place: Place, where: str) -> Place | None:
    store = stores.cases.get("pengajuan")
    doc = store.documents.get(store.name, *place) if store else None
    other = ((doc.body["state"] if doc else None) or {}).get(where)
    return (other["kantor"], other["permohonan"]) if other else None


def _case(stores: Stores, scope: str, id: str) -> None:
    print(f"case {id} of office {scope}\n")
    if stores.events is not None:
        for event in sorted(_events(stores, stores.events, scope, id), key=lambda e: parse(e.time)):
            _line(event, stores)
    print()
    for service, store in stores.cases.items():
        doc = store.documents.get(store.name, scope, id) if service != "gateway" else None
        if doc is not None:
            _state(service, doc.body)


def find(stores: Stores, number: str) -> Place | None:
    """(office, id) of a receipt number or an id, asked of whoever knows it first."""
    for service, store in stores.cases.items():
        if service == "gateway":
            continue
        wheres: list[dict[str, Any]] = [{"id": number}]
        if service == "pengajuan":
            wheres.append({"state.resi": number.upper()})
        for where in wheres:
            try:
                docs = store.documents.find(store.name, where, limit=1)
            except PortError as error:
                print(f"{service}: {error}")
                continue
            if docs:
                return docs[0].scope, docs[0].id
    return None


def _events(stores: Stores, events: Events, scope: str, id: str) -> Iterator[Event]:
    """Every event of the case, open and personal streams alike; repeats once."""
    seen: set[tuple[str, str]] = set()
    for family in stores.contracts.families.values():
        topic = family.topic(scope).name
        if not family.scoped or topic not in events.topics(topic):
            continue
        offset = events.bounds([topic])[topic][0]
        while page := events.read(topic, offset, PAGE):
            offset = page[-1].offset + 1
            for record in page:
                event = incoming(record, family.name, stores.contracts.scope_extension)
                if event.subject == id and (event.source, event.id) not in seen:
                    seen.add((event.source, event.id))
                    yield event


def _line(event: Event, stores: Stores) -> None:
    kind = stores.contracts.types.get(event.type)
    heard = ", ".join(sorted(kind.consumers)) if kind else "nobody"
    print(f"{event.time}  {event.source:<12} {event.name:<30} {event.family} {event.sequence}  → {heard}")


def _state(service: str, body: Mapping[str, Any]) -> None:
    state = body.get("state") or {}
    shown = " ".join(f"{k}={state[k]}" for k in SHOWN if isinstance(state.get(k), str | int))
    print(f"{service:<12} version {body['version']} {shown}")
    print(f"{'':<12} heard {_pairs(body['inbox'])} · sent {_pairs(body['sequence'])}")
    for id, todo in body["todos"].items():
        print(f"{'':<12} to-do {id} ({todo['kind']}) due {todo['due']}, {todo['attempts']} tries")
    for parked in body["parked"]:
        print(
            f"{'':<12} PARKED {parked['topic']}@{parked['offset']}: {parked['reason']} since {parked['since']}"
        )


def _pairs(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{k} {n}" for k, n in sorted(numbers.items())) or "nothing"
