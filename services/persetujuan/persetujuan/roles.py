"""The processes of persetujuan, and what is done before and beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from persetujuan import check as checking
from persetujuan.bootstrap import SERVICE, build
from persetujuan.entrypoints.events import dispatcher
from persetujuan.entrypoints.http.aplikasi import create
from persetujuan.entrypoints.timers import claims
from persetujuan.settings import Settings
from runtime.serve import Sockets, WorkerParts, begin, serve_http, serve_worker
from web.health import Internal, engine


def http(sockets: Sockets) -> None:
    serve_http(_http, sockets)


def worker(sockets: Sockets) -> None:
    serve_worker(_worker, sockets)


roles: dict[str, Callable[[Sockets], None]] = {"persetujuan-http": http, "persetujuan-worker": worker}


def migrate(settings: Settings) -> None:
    """Create what is missing in the stores; idempotent."""
    app = build(settings)
    app.migrate()
    app.peringkas.pasang()
    app.close()


def check(settings: Settings) -> dict[str, Any]:
    """The findings of this service's own stores."""
    app = build(settings)
    try:
        return checking.check(app)
    finally:
        app.close()


def _http() -> tuple[Any, Internal]:
    app = build(begin("persetujuan-http", Settings))
    events = app.events()
    needed = {"documents": engine(app.documents.ping), "audit": engine(app.chain.ping)}
    return create(app), Internal(needed, {"events": engine(events.ping)}, app.metrics)


def _worker() -> WorkerParts:
    app = build(begin("persetujuan-worker", Settings))
    return WorkerParts(
        service=SERVICE,
        documents=app.documents,
        events=app.events(),
        dispatcher=dispatcher(app),
        claims=claims(app),
        metrics=app.metrics,
        needed={},
    )
