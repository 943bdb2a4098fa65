"""gateway-pantau as a process: streams on its own port, so that they never share threads with short requests."""

from __future__ import annotations

import asyncio
import signal

from gateway import bootstrap
from gateway.pantau.alir.admission import Admission
from gateway.pantau.alir.refusal import Refusals
from gateway.pantau.alir.server import Server
from gateway.settings import Settings
from runtime.serve import Sockets, few_arenas
from web.health import Internal, engine


def run(settings: Settings, sockets: Sockets) -> None:
    """Until SIGTERM or SIGINT."""
    if sockets.public is None:
        raise ValueError("a stream needs a public socket")
    few_arenas()
    app = bootstrap.build(settings)
    events = app.events()
    server = Server(
        events,
        app.contracts.families["peristiwa"].prefix,
        Admission(app.exchange, app.verifier, app.tickets, app.contracts, events),
        Refusals(settings.contracts),
        app.metrics,
        most=settings.stream_most,
        each=settings.stream_each,
    )
    needed = {"documents": engine(app.documents.ping), "events": engine(events.ping), "tail": server.healthy}
    Internal(needed, {}, app.metrics).serve(sockets.internal)
    asyncio.run(_until_signal(server, sockets))


async def _until_signal(server: Server, sockets: Sockets) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    assert sockets.public is not None
    sockets.public.setblocking(False)
    await server.run(sockets.public, stop)
