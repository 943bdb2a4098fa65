"""All checks together: each service's own, then those that need the log beside the stores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from chassis.ports.errors import PortError
from chassis.ports.events import Events, Record
from ekel.check import privacy, projection, vectors
from ekel.check.survey import survey
from ekel.deployables import DEPLOYABLES, module, settings
from ekel.stores import Stores
from runtime.check import Findings, everything

PAGE = 500
OPEN = ("peristiwa", "gangguan", "acuan")  # streams that never hold an identity number
BESIDE = {"notifikasi": ("kabar_pejabat",)}  # where reference data has effects beside mirrors


@dataclass(slots=True)
class Joined:
    """What `ekel check` tells: counts per service, findings, one hash over all business state."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    busy: list[str] = field(default_factory=list)
    wrong: list[dict[str, str]] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)

    def add(self, report: dict[str, Any]) -> None:
        """Take in one report of `Findings`."""
        name = report["service"]
        self.counts[name] = report["counts"]
        self.busy += [f"{name}: {what}" for what in report["busy"]]
        self.wrong += report["wrong"]
        self.hashes[name] = report["hash"]

    @property
    def hash(self) -> str:
        """One hash over the services' hashes."""
        text = json.dumps(self.hashes, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def check(stores: Stores) -> Joined:
    """Run everything; a store or a check that fails is a finding (C0), never silence."""
    joined = Joined()
    for service in DEPLOYABLES:
        joined.add(_own(service, stores))
    found = Findings("log")
    for name, why in stores.unreadable.items():
        found.bad("C0", name, f"store cannot be opened: {why}")
    if stores.events is not None:
        try:
            across(stores, stores.events, found)
        except Exception as error:  # as above
            found.bad("C0", "log", f"cannot be checked: {type(error).__name__}: {error}")
    report = found.report()
    joined.add(report)
    return joined


def _own(service: str, stores: Stores) -> dict[str, Any]:
    """One service's check of its own stores."""
    if service in stores.unreadable:
        return Findings(service).report()
    try:
        report: dict[str, Any] = module(service, "roles").check(settings(service))
    except Exception as error:  # whatever breaks a check must be told, not raised
        found = Findings(service)
        found.bad("C0", service, f"check failed: {type(error).__name__}")
        return found.report()
    return report


def across(stores: Stores, events: Events, found: Findings) -> None:
    """The log-wide invariants: C1, C9, C12, C13."""
    log = survey(stores.contracts, _records(stores, events, found), found)
    cases = {}
    for service, store in stores.cases.items():
        try:
            cases[service] = _bodies(store.documents, store.name)
            known = _references(store.documents, service) if service in _hearers(stores) else {}
        except (PortError, ValueError) as error:
            found.bad("C0", service, f"store cannot be read: {type(error).__name__}")
            continue
        for test in (vectors.senders, vectors.hearers, vectors.halves):
            test(stores.contracts, service, cases[service], log, found)
        vectors.references(stores.contracts, service, known, log, found)
    vectors.filed_without_half(log, found, vectors.erased(cases.get("pengajuan", {})))
    if {"pengajuan", "dokumen"} <= cases.keys():
        projection.compare(projection.rebuilt(log.facts), cases["pengajuan"], cases["dokumen"], found)
    privacy.logs(stores.settings.data.resolve() / "log", found)
    found.counts.update({"streams": len(log.ends), "ordered events": len(log.facts)})


def _hearers(stores: Stores) -> set[str]:
    """Who keeps reference data."""
    return {
        s for kind in stores.contracts.types.values() if kind.family.name == "acuan" for s in kind.consumers
    }


def _references(documents: Any, service: str) -> dict[tuple[str, str], Any]:
    """What a service keeps of reference data: mirrors, and what it promised over them."""
    names = ("rujukan", *BESIDE.get(service, ()))
    return {key: body for name in names for key, body in _bodies(documents, name).items()}


def _bodies(documents: Any, collection: str) -> dict[tuple[str, str], Any]:
    return {(doc.scope, doc.id): doc.body for doc in everything(documents, collection)}


def _records(stores: Stores, events: Events, found: Findings) -> Iterator[Record]:
    """The whole log, topic by topic; open streams are searched for identity numbers on the way."""
    for topic in events.topics():
        public = topic.startswith(tuple(stores.contracts.families[f].prefix for f in OPEN))
        offset, end = events.bounds([topic])[topic]
        while offset < end and (page := events.read(topic, offset, PAGE)):
            for record in page:
                if public:
                    privacy.record(record, found)
                yield record
            offset = page[-1].offset + 1
