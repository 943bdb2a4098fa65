"""The processes of the gateway, as the supervisor starts them: `gateway-http`, `-worker` and `-pantau`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog

from chassis.ports.errors import PortError
from gateway import bootstrap
from gateway.app import create
from gateway.bagian.giliran import THREADS
from gateway.bootstrap import SERVICE
from gateway.check import run
from gateway.masuk import kirim_ulang
from gateway.pantau import rujukan
from gateway.pantau.alir import role
from gateway.pantau.statistik.proyeksi import Projector
from gateway.settings import Settings
from runtime.serve import Sockets, WorkerParts, begin, serve_http, serve_worker
from web.health import Internal, engine

_log = structlog.get_logger(__name__)


def http(sockets: Sockets) -> None:
    """The public door, until SIGTERM."""
    settings = begin("gateway-http", Settings)

    def build() -> tuple[Any, Internal]:
        app = bootstrap.build(settings)
        needed = {"documents": engine(app.documents.ping)}
        wanted = {"events": engine(lambda: app.events().ping())}
        return create(app), Internal(needed, wanted, app.metrics)

    serve_http(build, sockets, THREADS)


def worker(sockets: Sockets) -> None:
    """Relay and reference data, until SIGTERM."""
    settings = begin("gateway-worker", Settings)

    def build() -> WorkerParts:
        app = bootstrap.build(settings)
        hear = rujukan.dispatcher(app.contracts, app.rujukan)
        try:
            rujukan.susul(hear, app.events())
        except PortError as error:
            _log.warning("reference_data_later", reason=repr(error))  # at the next start
        return WorkerParts(
            service=SERVICE,
            documents=app.documents,
            events=app.events(),
            dispatcher=hear,
            claims=kirim_ulang.claims(app),
            metrics=app.metrics,
            needed={},
        )

    serve_worker(build, sockets)


def pantau(sockets: Sockets) -> None:
    """The event stream, until SIGTERM."""
    role.run(begin("gateway-pantau", Settings), sockets)


def rebuild(settings: Settings) -> dict[str, Any]:
    """Forget the statistics' rows and fold the log anew, beside a running system or without one."""
    app = bootstrap.build(settings)
    try:
        projector = Projector(app.documents, app.events(), app.contracts, app.clock.zone)
        before = projector.digest()
        projector.rebuild()
        while projector.lag():
            with suppress(PortError):  # a running one took this batch
                projector.step()
        return {"before": before, "after": projector.digest()}
    finally:
        app.close()


roles: dict[str, Callable[[Sockets], None]] = {
    "gateway-http": http,
    "gateway-worker": worker,
    "gateway-pantau": pantau,
}
migrate = bootstrap.migrate


def check(settings: Settings) -> dict[str, Any]:
    """What `python -m gateway check` prints."""
    app = bootstrap.build(settings)
    try:
        return run(app)
    finally:
        app.close()
