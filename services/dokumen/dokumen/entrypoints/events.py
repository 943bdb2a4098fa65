"""Which event goes to which handler and document."""

from __future__ import annotations

from collections.abc import Callable

from chassis.dispatch import Dispatcher, Route
from chassis.envelope import Event
from dokumen.application import ikuti
from dokumen.bootstrap import SERVICE, App


def dispatcher(app: App) -> Dispatcher:
    routes = {_type(name): Route(app.perkara, ikuti.perkara(step)) for name, step in ikuti.PERKARA.items()}
    routes[_type("pengajuan.pemohon.dibagikan")] = Route(app.perkara, ikuti.pribadi)
    for name, kind in ikuti.RUJUKAN.items():
        routes[_type(name)] = Route(app.rujukan, ikuti.rujukan, _about(kind))
    return Dispatcher(SERVICE, app.contracts, app.perkara, routes)


def _type(name: str) -> str:
    return f"id.ekelurahan.{name}.v1"


def _about(kind: str) -> Callable[[Event], tuple[str, str]]:
    def address(event: Event) -> tuple[str, str]:
        return "acuan", f"{kind}.{event.subject}"

    return address
