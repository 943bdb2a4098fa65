"""The stores of an installation, opened for reading by the operator's commands; a missing one is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chassis.aggregate import Aggregates
from chassis.contracts import Contracts
from chassis.ports.documents import Documents, Where
from chassis.ports.errors import Unavailable
from chassis.ports.events import Events
from chassis.settings import Settings
from ekel.deployables import CASES

_OFFICES = 1000  # of one installation, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The log and, per service, the documents that hold its cases. `unreadable` says which did not open and why."""

    settings: Settings
    contracts: Contracts
    events: Events | None
    cases: Mapping[str, Aggregates]
    unreadable: Mapping[str, str]


@contextmanager
def opened(settings: Settings) -> Iterator[Stores]:
    """Open what can be opened; engines are closed at the end."""
    contracts = Contracts(settings.contracts)
    with ExitStack() as stack:
        unreadable: dict[str, str] = {}
        cases: dict[str, Aggregates] = {}
        for service, name in CASES.items():
            try:
                documents = _documents(settings, service)
            except Unavailable as error:
                unreadable[service] = str(error)
                continue
            stack.callback(documents.close)
            cases[service] = Aggregates(documents, name, service, contracts, settings.clock())
        events: Events | None = None
        try:
            events = _events(settings)
            stack.callback(events.close)
        except Unavailable as error:
            unreadable["log"] = str(error)
        yield Stores(
            settings=settings, contracts=contracts, events=events, cases=cases, unreadable=unreadable
        )


def _documents(settings: Settings, service: str) -> Documents:
    from engines.open import open_documents

    url = settings.documents(service)
    must_exist(url)
    return open_documents(url, service)


def _events(settings: Settings) -> Events:
    from engines.open import open_events

    url = settings.events()
    must_exist(url)
    return open_events(url)


def active(settings: Settings) -> list[str]:
    """Codes of the kelurahan that pengajuan has switched on. Raises `Unavailable` without its store."""
    return _kelurahan(settings, {"state.status": "aktif"})


def joined(settings: Settings) -> list[str]:
    """Codes of all kelurahan that pengajuan knows, those of other cities too; none before it has a store."""
    return [] if absent(settings.documents("pengajuan")) else _kelurahan(settings, {})


def _kelurahan(settings: Settings, where: Where) -> list[str]:
    documents = _documents(settings, "pengajuan")
    try:
        offices = Aggregates(
            documents, "kantor", "pengajuan", Contracts(settings.contracts), settings.clock()
        )
        return sorted(o.id for o in offices.find({**where, "state.tingkat": "kelurahan"}, limit=_OFFICES))
    finally:
        documents.close()


def absent(url: str) -> Path | None:
    """The file of an embedded engine that is not there yet."""
    scheme, _, rest = url.partition("://")
    file = Path("/" + rest.partition("?")[0].lstrip("/"))
    return file if scheme == "sqlite" and not file.exists() else None


def must_exist(url: str) -> None:
    """Opening an embedded engine would create it, and an empty store looks fine."""
    file = absent(url)
    if file is not None:
        raise Unavailable(f"{file} does not exist")
