"""gateway-pantau as a process: streams on its own port, away from short requests, and the statistics' rows."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import structlog

from gateway import bootstrap
from gateway.frame import Browsers
from gateway.pantau.alir.admission import Admission
from gateway.pantau.alir.refusal import Answers
from gateway.pantau.alir.server import Server
from gateway.pantau.angka import Offices
from gateway.pantau.statistik.proyeksi import Projector
from gateway.settings import Settings
from runtime.serve import Sockets, few_arenas
from web.health import Internal, engine

_PATIENCE = 5.0  # seconds for the batch in hand
_log = structlog.get_logger(__name__)


def run(settings: Settings, sockets: Sockets) -> None:
    """Until SIGTERM or SIGINT."""
    if sockets.public is None:
        raise ValueError("a stream needs a public socket")
    few_arenas()
    app = bootstrap.build(settings)
    events = app.events()
    browsers = Browsers(settings.front_ends(), secure=settings.site().startswith("https:"))
    server = Server(
        events,
        app.contracts.families["peristiwa"].prefix,
        Admission(app.exchange, app.verifier, app.tickets, app.contracts, events),
        Answers(settings.contracts, browsers),
        app.metrics,
        most=settings.stream_most,
        each=settings.stream_each,
    )
    needed = {"documents": engine(app.documents.ping), "events": engine(events.ping), "tail": server.healthy}
    Internal(needed, {}, app.metrics).serve(sockets.internal)
    projector = Projector(app.documents, events, app.contracts, app.clock.zone)
    stop = threading.Event()
    folding = threading.Thread(target=_fold, args=(projector, stop), name="statistik", daemon=True)
    folding.start()
    figures = Offices(app.rujukan, app.beats, app.contracts, events, app.metrics)
    threading.Thread(target=figures.run, args=(stop,), name="angka", daemon=True).start()
    asyncio.run(_until_signal(server, sockets))
    stop.set()
    folding.join(_PATIENCE)


def _fold(projector: Projector, stop: threading.Event) -> None:
    """A projection that breaks takes the process with it: the supervisor starts a whole one."""
    try:
        projector.run(stop)
    except Exception:
        _log.exception("loop_died", loop="statistik")
        os._exit(70)


async def _until_signal(server: Server, sockets: Sockets) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    assert sockets.public is not None
    sockets.public.setblocking(False)
    await server.run(sockets.public, stop)
