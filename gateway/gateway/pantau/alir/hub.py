"""Who listens to what: each event is rendered once per filter and written to every client of it.

Lives on the loop's thread alone. The newest items are kept: a client that has caught up with them from the log
is handed the rest and joined in one step, so nothing can fall between the log and the live stream.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from gateway.pantau.alir import frames
from gateway.pantau.alir.frames import Filter, Item

KEPT = 1000  # newest items of all kelurahan
JOIN = 200  # records that a client may lack when it is joined: more come out of the log, at its own pace


class Client(Protocol):
    """Takes bytes without waiting, and cuts itself off when they pile up."""

    def send(self, data: bytes) -> None: ...


class Channel:
    """The clients of one filter and their common place."""

    def __init__(self, asked: Filter, epoch: str, place: Mapping[str, int]) -> None:
        self.clients: set[Client] = set()
        self._filter, self._epoch = asked, epoch
        self.place = {kode: offset for kode, offset in place.items() if asked.covers(kode)}

    def send(self, items: Sequence[Item]) -> None:
        """All of a batch in one write per client."""
        data = rendered(self._filter, self._epoch, self.place, items)
        if data:
            for client in tuple(self.clients):
                client.send(data)

    def beat(self) -> None:
        for client in tuple(self.clients):
            client.send(frames.place(self._epoch, self.place))


class Hub:
    """`place` is the next offset of each kelurahan that this process has seen."""

    def __init__(self, epoch: str, place: Mapping[str, int]) -> None:
        self.epoch, self.place = epoch, dict(place)
        self._floor = dict(place)  # from here on everything is kept
        self._kept: deque[Item] = deque()
        self._channels: dict[Filter, Channel] = {}
        self._moved = asyncio.Event()

    def publish(self, items: Sequence[Item]) -> None:
        """The tail reader's next batch."""
        for item in items:
            self.place[item.kode] = item.offset + 1
            self._floor.setdefault(item.kode, item.offset)
            self._kept.append(item)
        while len(self._kept) > KEPT:
            gone = self._kept.popleft()
            self._floor[gone.kode] = gone.offset + 1
        for channel in self._channels.values():
            channel.send(items)
        self._moved.set()
        self._moved = asyncio.Event()

    def beat(self) -> None:
        for channel in self._channels.values():
            channel.beat()

    def ahead(self, place: Mapping[str, int]) -> bool:
        """Whether a client has seen more than this process: another one told it."""
        return any(offset > self.place.get(kode, 0) for kode, offset in place.items())

    def keeps(self, asked: Filter, place: Mapping[str, int]) -> bool:
        """Whether all that a client lacks is still kept, and can be handed over in one piece."""
        lanes = [k for k in self._floor if asked.covers(k)]
        lacking = sum(self.place[k] - place.get(k, 0) for k in lanes)
        return lacking <= JOIN and all(place.get(k, 0) >= self._floor[k] for k in lanes)

    async def moved(self, seconds: float) -> None:
        """Wait for the next batch, but not longer."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)

    def join(self, client: Client, asked: Filter, place: dict[str, int]) -> None:
        """Hand over what is kept after `place`, then everything to come. Needs `keeps` and not `ahead`."""
        missed = [i for i in self._kept if asked.covers(i.kode) and i.offset >= place.get(i.kode, 0)]
        data = rendered(asked, self.epoch, place, missed)
        if data:
            client.send(data)
        channel = self._channels.get(asked)
        if channel is None:
            channel = self._channels[asked] = Channel(asked, self.epoch, self.place)
        channel.clients.add(client)

    def leave(self, client: Client, asked: Filter) -> None:
        channel = self._channels.get(asked)
        if channel is not None:
            channel.clients.discard(client)
            if not channel.clients:
                del self._channels[asked]


def rendered(asked: Filter, epoch: str, place: dict[str, int], items: Sequence[Item]) -> bytes:
    """Frames of the wanted items; `place` is moved past all of them."""
    found = []
    for item in items:
        if asked.covers(item.kode):
            place[item.kode] = item.offset + 1
            if item.body and asked.wants(item.type):
                found.append(frames.event(epoch, place, item.body))
    return b"".join(found)
