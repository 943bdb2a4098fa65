"""`ekel dlq`: applications that a service has set aside; list them, replay or skip the head."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chassis.aggregate import Aggregates
    from chassis.ports.documents import Documents

app = typer.Typer(help="Applications set aside after an error.", no_args_is_help=True)
Service = Annotated[str, typer.Argument(help="pengajuan, dokumen, persetujuan or notifikasi")]
Id = Annotated[str, typer.Argument(help="Application id; none: every parked application of the service.")]
Wait = Annotated[float, typer.Option(help="Seconds to wait until the worker has done it.")]


@app.command("list")
def listing(service: Annotated[str, typer.Argument(help="One service; none: all.")] = "") -> None:
    """Parked applications with reason and coordinates."""
    from chassis import deadletters
    from ekel.deployables import SERVICES, shared
    from ekel.stores import opened

    with opened(shared()) as stores:
        found = 0
        for name in [service] if service else SERVICES:
            for parked in deadletters.listing(_store(stores.cases, name)):
                found += 1
                head = parked["queue"][0]
                print(
                    f"{name} {parked['scope']} {parked['id']} since {parked['since']}: {head['reason']}"
                    f" at {head['topic']}@{head['offset']}, {len(parked['queue'])} waiting"
                )
        print(f"{found} parked" if found else "nothing is parked")


@app.command()
def replay(service: Service, id: Id = "", wait: Wait = 15.0) -> None:
    """Ask the lane's owner to work the queue again from its head, after the cause is mended."""
    raise typer.Exit(_ask(service, id, "replay", wait))


@app.command()
def skip(
    service: Service, id: Annotated[str, typer.Argument(help="Application id.")], wait: Wait = 15.0
) -> None:
    """Give up the event at the head of one application; the decision is audited."""
    raise typer.Exit(_ask(service, id, "skip", wait))


def _ask(service: str, id: str, action: Literal["replay", "skip"], wait: float) -> int:
    from chassis import deadletters
    from ekel.deployables import shared
    from ekel.stores import opened

    settings = shared()
    with opened(settings) as stores:
        store = _store(stores.cases, service)
        chosen = [p for p in deadletters.listing(store) if id in ("", p["id"])]
        if not chosen:
            print(f"{service}: nothing parked" + (f" under {id}" if id else ""))
            return 1
        for parked in chosen:
            if action == "skip":
                _audit(store.documents, service, parked["scope"], parked["id"])
            deadletters.request(store, parked["scope"], parked["id"], action)
        left = _wait(store, [(p["scope"], p["id"]) for p in chosen], wait)
    for parked_id, reason in left.items():
        print(f"{service} {parked_id}: {reason}")
    print(f"{len(chosen) - len(left)} of {len(chosen)} done")
    return 1 if left else 0


def _wait(store: Aggregates, chosen: list[tuple[str, str]], seconds: float) -> dict[str, str]:
    """Until the worker took every request back or carried it out; what is left, with the reason."""
    deadline = time.monotonic() + seconds
    while True:
        docs = [store.documents.get(store.name, scope, id) for scope, id in chosen]
        asked = [d for d in docs if d is not None and d.body.get("replay")]
        if not asked or time.monotonic() > deadline:
            waiting = {d.id for d in asked}
            return {
                d.id: "asked, no worker has answered yet"
                if d.id in waiting
                else d.body["parked"][0]["reason"]
                for d in docs
                if d is not None and d.body["parked"]
            }
        time.sleep(0.1)


def _audit(documents: Documents, service: str, scope: str, id: str) -> None:
    from chassis.audit import COLLECTION, Audit
    from ekel.deployables import shared
    from engines.open import open_documents
    from runtime import heads

    settings = shared()
    documents.migrate([heads.COLLECTION])
    chain = open_documents(settings.documents(service, "audit"), service)
    try:
        chain.migrate([COLLECTION])
        audit = Audit(chain, settings.clock(), heads.Heads(documents, chain).tell)
        audit.append(scope, actor="operator", action="dlq.skip", subject=id)
    finally:
        chain.close()


def _store(cases: Mapping[str, Aggregates], service: str) -> Aggregates:
    store = cases.get(service)
    if store is None:
        print(f"no service {service}, or its store cannot be opened")
        raise typer.Exit(2)
    return store
