"""The process roles of pengajuan, and what a supervisor does before and beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chassis.settings import Settings as Common
from engines.once import Once
from pengajuan import bootstrap
from pengajuan import check as checks
from pengajuan import seed as seeds
from pengajuan.application import pulih
from pengajuan.application.queries import semua_kantor
from pengajuan.bootstrap import SERVICE
from pengajuan.entrypoints import bergabung
from pengajuan.entrypoints.events import dispatcher
from pengajuan.entrypoints.http.application import flask_app
from pengajuan.entrypoints.openapi import openapi as describe
from pengajuan.entrypoints.timers import claims
from pengajuan.settings import Settings
from runtime.serve import Sockets, WorkerParts, begin, serve_http, serve_worker
from web.health import Internal, engine


def http(sockets: Sockets) -> None:
    """Serve the API until SIGTERM. Without the event engine it is degraded, not broken."""
    settings = begin("pengajuan-http", Settings)

    def build() -> tuple[Any, Internal]:
        app = bootstrap.build(settings)
        log = Once(settings.events(), SERVICE)
        wanted = {"events": engine(lambda: log().ping())}
        return flask_app(app), Internal({"documents": engine(app.documents.ping)}, wanted, app.metrics)

    serve_http(build, sockets)


def worker(sockets: Sockets) -> None:
    """Relay, consume and keep promises until SIGTERM."""
    settings = begin("pengajuan-worker", Settings)

    def build() -> WorkerParts:
        app = bootstrap.build(settings)
        return WorkerParts(
            service=SERVICE,
            documents=app.documents,
            events=app.open_events(),
            dispatcher=dispatcher(app.lingkup, app.contracts),
            claims=claims(app),
            metrics=app.metrics,
            needed={},
        )

    serve_worker(build, sockets)


roles: dict[str, Callable[[Sockets], None]] = {"pengajuan-http": http, "pengajuan-worker": worker}


def migrate(settings: Common) -> None:
    """Create collections and indexes; idempotent."""
    bootstrap.migrate(_own(settings))


def seed(settings: Common, *, demo: bool = False) -> dict[str, int]:
    """Reference data; `demo` also confirms the services (refused in production). Idempotent."""
    if demo and settings.env == "production":
        raise ValueError("demo data is refused with EKEL_ENV=production")
    app = bootstrap.build(_own(settings))
    events = app.open_events()
    try:
        return seeds.seed(app, events, demo=demo)
    finally:
        events.close()
        app.close()


def check(settings: Common) -> dict[str, Any]:
    """What is not quiet or wrong, with counts and a hash over the business state."""
    app = bootstrap.build(_own(settings))
    events = app.open_events()
    try:
        return checks.check(app, events)
    finally:
        events.close()
        app.close()


def restored(settings: Common, erased: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """After a restore, before anything runs: erase again what the ledger names: {scope, id, what}."""
    app = bootstrap.build(_own(settings))
    try:
        done = [pulih.hapus_lagi(app.lingkup.permohonan, e["scope"], e["id"], e["what"]) for e in erased]
    finally:
        app.close()
    return {"erased": sum(done)}


def join(settings: Common, file: Path | None, on: Sequence[str]) -> list[str]:
    """Add the offices of a city's file and switch on those named (safe to repeat); codes of all that wait or work.

    Raises `KatalogSalah`, `TidakAda`, OSError.
    """
    migrate(settings)
    app = bootstrap.build(_own(settings))
    try:
        return bergabung.join(app, file, on)
    finally:
        app.close()


def offices(settings: Common) -> dict[str, dict[str, Any]]:
    """Code → what is known of each office."""
    app = bootstrap.build(_own(settings))
    try:
        return {office.id: office.state for office in semua_kantor(app.lingkup)}
    finally:
        app.close()


def openapi(contracts: Path | None = None) -> dict[str, Any]:
    """OpenAPI 3.1; opens nothing."""
    return describe(contracts or Settings.model_fields["contracts"].default)


def _own(settings: Common) -> Settings:
    """A supervisor may know the common settings only."""
    if isinstance(settings, Settings):
        return settings
    common = {name: getattr(settings, name) for name in Common.model_fields}
    return Settings(**common)
