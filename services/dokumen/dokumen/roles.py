"""The processes of dokumen, and what is done before and beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dokumen.application import sapu
from dokumen.bootstrap import SERVICE, build
from dokumen.entrypoints.events import dispatcher
from dokumen.entrypoints.http.aplikasi import create
from dokumen.settings import Settings
from runtime.serve import Sockets, WorkerParts, begin, serve_http, serve_worker
from web.health import Internal, engine


def http(sockets: Sockets) -> None:
    serve_http(_http, sockets)


def worker(sockets: Sockets) -> None:
    serve_worker(_worker, sockets)


roles: dict[str, Callable[[Sockets], None]] = {"dokumen-http": http, "dokumen-worker": worker}


def migrate(settings: Settings) -> None:
    """Create what is missing in the stores; idempotent."""
    app = build(settings)
    app.migrate()
    app.arsip.lengkapi()
    app.close()


def check(settings: Settings) -> dict[str, Any]:
    """The findings of this service's own stores."""
    from dokumen import check as checking

    app = build(settings)
    try:
        return checking.check(app)
    finally:
        app.close()


def restored(settings: Settings, erased: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """After a restore, before anything runs: lock the registers, erase again what the ledger names."""
    from dokumen.entrypoints import pulih

    app = build(settings)
    try:
        app.migrate()
        return pulih.setelah(app, erased)
    finally:
        app.close()


def unlock(settings: Settings, asked: Mapping[str, Any]) -> list[int]:
    """The last number of a paper agenda: {kantor, tahun (0: this year), klasifikasi, nomor}; numbers booked for it.

    Raises `AgendaSalah`.
    """
    from dokumen.entrypoints import pulih

    app = build(settings)
    try:
        return pulih.buka(app, asked)
    finally:
        app.close()


def _http() -> tuple[Any, Internal]:
    app = build(begin("dokumen-http", Settings))
    events = app.events()
    pings = {"documents": app.documents.ping, "audit": app.chain.ping, "objects": app.objects.ping}
    needed = {name: engine(ping) for name, ping in pings.items()}
    return create(app), Internal(needed, {"events": engine(events.ping)}, app.metrics)


def _worker() -> WorkerParts:
    # Renderers and image libraries are for this role alone: the http role stays small.
    from dokumen.entrypoints.tasks import claims

    app = build(begin("dokumen-worker", Settings))
    sapu.mulai(app.rujukan)
    return WorkerParts(
        service=SERVICE,
        documents=app.documents,
        events=app.events(),
        dispatcher=dispatcher(app),
        claims=claims(app),
        metrics=app.metrics,
        needed={"objects": engine(app.objects.ping)},
    )
