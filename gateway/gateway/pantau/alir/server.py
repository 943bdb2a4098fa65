"""The process's streams: one asyncio loop owns every socket, one thread reads the log, a few ask the stores."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import structlog

from chassis.metrics import Metrics
from chassis.ports.errors import PortError
from chassis.ports.events import Events
from gateway.pantau.alir import head
from gateway.pantau.alir.admission import Admission
from gateway.pantau.alir.connection import BEAT, Connection
from gateway.pantau.alir.frames import Item
from gateway.pantau.alir.hub import Hub
from gateway.pantau.alir.refusal import Answers
from gateway.pantau.alir.tail import AnotherEpoch, Tail
from web.problems import Problem

ASKERS = (
    4  # threads that read sessions and old events; a client that catches up holds one for a page at a time
)
PATIENCE = 5.0  # seconds for the log to open; then streams are refused in words
_log = structlog.get_logger(__name__)


class Server:
    """`most` streams in all, `each` of one account."""

    def __init__(
        self,
        events: Events,
        prefix: str,
        admission: Admission,
        answers: Answers,
        metrics: Metrics,
        *,
        most: int,
        each: int,
    ) -> None:
        self._events, self._prefix, self._metrics = events, prefix, metrics
        self._admission, self._answers = admission, answers
        self._most, self._each = most, each
        self._hub: Hub | None = None
        self._tail: Tail | None = None
        self._begun = asyncio.Event()
        self._open: set[Connection] = set()
        self._threads = ThreadPoolExecutor(ASKERS, "alir")
        self._ended = threading.Event()

    def healthy(self) -> str:
        """Empty, or why no new event would be seen."""
        return "the log was not opened yet" if self._tail is None else self._tail.healthy()

    async def run(self, listener: socket.socket, stop: asyncio.Event) -> None:
        """Until `stop`: then every stream ends at once, and its client resumes at the next process."""
        loop = asyncio.get_running_loop()
        broken: asyncio.Future[None] = loop.create_future()
        reader = threading.Thread(target=self._read, args=(loop, broken), name="tail", daemon=True)
        reader.start()
        stopped = asyncio.ensure_future(stop.wait())
        stopped.add_done_callback(lambda _: broken.cancel())
        await self._opened(broken)
        server = await asyncio.start_server(self._serve, sock=listener, limit=head.MOST, backlog=512)
        beats = asyncio.create_task(self._beats())
        try:
            with suppress(asyncio.CancelledError):
                await broken
        finally:
            self._ended.set()
            server.close()
            beats.cancel()
            self._cut_all()
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _opened(self, broken: asyncio.Future[None]) -> None:
        """The log is open, or was long enough awaited: the process that is replaced answers on the socket so long."""
        begun = asyncio.ensure_future(self._begun.wait())
        either: tuple[asyncio.Future[Any], ...] = (begun, broken)
        await asyncio.wait(either, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        begun.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        one = Connection((reader, writer), self._admission, self._answers, self._threads, self._present)
        self._open.add(one)
        try:
            await one.serve(self._room)
        except (ConnectionError, TimeoutError):
            one.cut()
        finally:
            self._open.discard(one)
            self._count()
            writer.close()

    def _room(self, sub: str) -> None:
        """Whether one more stream has place. Raises the problem `sedang-sibuk`."""
        listening = Counter(one.sub for one in self._open if one.sub)
        if listening.total() >= self._most or listening[sub] >= self._each:
            detail = "Terlalu banyak aliran terbuka. Tutup yang tidak dipakai, lalu coba lagi."
            raise Problem("sedang-sibuk", detail, headers={"Retry-After": "10"})
        self._count(1)

    def _present(self) -> Hub:
        if self._hub is None:
            raise Problem("mesin-tidak-tersedia", headers={"Retry-After": "2"})
        return self._hub

    def _count(self, more: int = 0) -> None:
        self._metrics.set(
            "ekel_streams_open", sum(1 for one in self._open if one.sub) + more, service="gateway"
        )

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            if self._hub is not None:
                self._hub.beat()

    def _cut_all(self) -> None:
        for one in tuple(self._open):
            one.cut()

    def _begin(self, hub: Hub) -> None:
        """A new history, or the first: whoever followed another one starts over."""
        self._hub = hub
        self._begun.set()
        self._cut_all()

    def _read(self, loop: asyncio.AbstractEventLoop, broken: asyncio.Future[None]) -> None:
        """The thread. What it cannot bear ends the process: the supervisor starts a whole one."""
        try:
            while not self._ended.is_set():
                self._follow(loop)
        except Exception as error:
            _log.exception("tail_died")
            loop.call_soon_threadsafe(_break, broken, error)

    def _follow(self, loop: asyncio.AbstractEventLoop) -> None:
        tail = Tail(self._events, self._prefix)
        try:
            place = tail.begin()
            loop.call_soon_threadsafe(self._begin, Hub(tail.epoch, place))
            self._tail = tail
            tail.run(self._ended, lambda items: self._deliver(loop, items))
        except AnotherEpoch:
            _log.warning("log_restored")
        except PortError as error:
            _log.warning("engine_away", error=repr(error))
            self._ended.wait(1.0)

    def _deliver(self, loop: asyncio.AbstractEventLoop, items: Sequence[Item]) -> None:
        """Wait until the loop has written them: it sets the pace."""
        if not self._ended.is_set():
            asyncio.run_coroutine_threadsafe(self._publish(items), loop).result()

    async def _publish(self, items: Sequence[Item]) -> None:
        self._metrics.count("ekel_stream_events_total", len(items), service="gateway")
        self._present().publish(items)


def _break(future: asyncio.Future[None], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
