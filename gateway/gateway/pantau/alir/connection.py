"""One client: its request, the way from its cursor to now, and a socket that never waits for a slow reader."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar

import structlog

from chassis.ports.errors import PortError
from gateway.pantau.alir import frames, head
from gateway.pantau.alir.admission import Admission, Admitted
from gateway.pantau.alir.hub import Hub
from gateway.pantau.alir.refusal import Answers
from web.problems import Problem

PILED = 1024 * 1024  # bytes that one client may leave unread
ASKING = 10.0  # seconds for a request to come whole
SLOW = 20.0  # seconds in which a client that catches up must take a page
RECHECK = 60.0  # seconds between two looks whether the session still holds
BEAT = 15.0  # seconds between two frames that only move the cursor
T = TypeVar("T")
_log = structlog.get_logger(__name__)


class Cut(Exception):
    """The stream ends here; the client comes back with its last id."""


class Connection:
    """`hub` gives the present one: it is another after the log was restored."""

    def __init__(
        self,
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        admission: Admission,
        answers: Answers,
        threads: Executor,
        hub: Callable[[], Hub],
    ) -> None:
        self._reader, self._writer = streams
        self._admission, self._answers, self._threads, self._hub = admission, answers, threads, hub
        self._transport = self._writer.transport
        self.sub = ""

    def send(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        if self._transport.get_write_buffer_size() + len(data) > PILED:
            _log.info("stream_cut", reason="slow")
            self.cut()
        else:
            self._transport.write(data)

    def cut(self) -> None:
        self._transport.abort()

    async def serve(self, room: Callable[[str], None]) -> None:
        """Until the client leaves or is cut; `room` raises the problem when there are too many streams."""
        asked = None
        try:
            asked = await asyncio.wait_for(head.read(self._reader), ASKING)
            if asked is None:
                return
            if asked.preflight:
                self._writer.write(self._answers.preflight(asked.origin))
                await asyncio.wait_for(self._writer.drain(), SLOW)
                return
            one = await self._ask(self._admission.admit, asked)
            hub = self._hub()
            room(one.sub)
            self.sub = one.sub
            _narrow(self._writer.get_extra_info("socket"))
            self._writer.write(self._answers.stream(asked.origin) + frames.RETRY)
            self._writer.write(frames.place(one.epoch, one.place))
        except (Problem, PortError, head.NoRequest, TimeoutError) as error:
            await self._refuse(error, asked)
            return
        await self._stream(one, hub)

    async def _stream(self, one: Admitted, hub: Hub) -> None:
        try:
            if one.epoch != hub.epoch:
                raise Cut
            await self._catch_up(one, hub)
            while not await self._left():
                if not await self._ask(self._admission.still, one):
                    raise Cut
        except (Cut, Problem, PortError, TimeoutError, ConnectionError):
            self.cut()
        finally:
            hub.leave(self, one.filter)

    async def _catch_up(self, one: Admitted, hub: Hub) -> None:
        """From the log to what the hub keeps; joined without a step between the last look and the joining."""
        place = dict(one.place)
        while hub.ahead(place) or not hub.keeps(one.filter, place):
            if self._transport.is_closing() or hub is not self._hub():
                raise Cut
            if hub.ahead(place):
                await hub.moved(BEAT)
                continue
            data, place = await self._ask(self._admission.catch_up, one, place)
            self._writer.write(data or frames.place(one.epoch, place))
            await asyncio.wait_for(self._writer.drain(), SLOW)
        hub.join(self, one.filter, place)

    async def _left(self) -> bool:
        """Wait for the client to leave; False after `RECHECK` seconds. What it sends is of no interest."""
        try:
            return not await asyncio.wait_for(self._reader.read(1024), RECHECK)
        except TimeoutError:
            return False

    async def _ask(self, question: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, question, *args)

    async def _refuse(self, error: Exception, asked: head.Head | None) -> None:
        if isinstance(error, PortError):
            _log.warning("engine_away", error=repr(error))
            error = Problem("mesin-tidak-tersedia", headers={"Retry-After": "2"})
        if not isinstance(error, Problem):
            error = Problem("json-rusak", "Permintaan tidak lengkap atau bukan HTTP. Kirim lagi.")
        path, origin = (asked.path, asked.origin) if asked else ("", "")
        self._writer.write(self._answers.refusal(error, path, origin))
        await asyncio.wait_for(self._writer.drain(), SLOW)


def _narrow(line: socket.socket) -> None:
    """What a client does not read shall pile up here, where it is seen, not in megabytes of the kernel."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
