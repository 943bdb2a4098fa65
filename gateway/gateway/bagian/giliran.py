"""A request's turn: rate, a place at the door, a breaker and a place at the service; given back when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Self

from chassis.ports.errors import PortError
from gateway.bagian.laju import Rates
from gateway.bagian.pemilik import Owners
from gateway.bagian.sekring import Breakers
from gateway.bagian.tempat import Places
from gateway.bagian.tetangga import Peers
from runtime.serve import THREADS as BEHIND
from web.problems import Problem

THREADS = 48  # of gateway-http: most of the time they wait for a service, or for a place there
EACH = THREADS // 4  # of them for one owner
AT_SERVICE = BEHIND // 4  # of a service's threads for one owner, over all gateways
_WAITING = (
    EACH - 2 * AT_SERVICE
)  # requests of one owner that wait for a place at a service; others of it still pass
LINGER = 30.0  # seconds that a service may still be at work for a request that was given up
_SLOW = "layanan-terlalu-lama"
_BAD = ("layanan-tidak-tersedia", _SLOW)
Environ = Mapping[str, Any]


@dataclass(slots=True)
class Turn:
    """One request under way. `close` is called once, when its answer has left or was refused."""

    owner: str = ""  # of the places
    held: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        """May be called again."""
        self.held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Sent:
    """A body as WSGI wants it; its turn ends with the last block, or when the server gives it up."""

    def __init__(self, answer: Iterable[bytes], turn: Turn) -> None:
        self._answer, self._turn = answer, turn

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer
        self._turn.close()

    def close(self) -> None:
        if hasattr(self._answer, "close"):
            self._answer.close()
        self._turn.close()

    def __del__(self) -> None:
        """A place must not be lost with a server (or a test's client) that never said that it is done."""
        self._turn.close()


class Turns:
    """All shares of one gateway-http. Thread-safe."""

    def __init__(self, owners: Owners, rates: Rates, peers: Peers, services: Mapping[str, Any]) -> None:
        self._owners, self._rates, self._peers = owners, rates, peers
        self._door = Places(lambda: EACH, THREADS)
        self._services = {
            name: Places(lambda: max(1, -(-AT_SERVICE // peers.known)), BEHIND, waiting=_WAITING)
            for name in services
        }
        self._breakers = Breakers()

    def begin(self, turn: Turn, environ: Environ) -> None:
        """Raises `terlalu-sering` or `sedang-sibuk`."""
        owner = self._owners.of(environ)
        self._peers.look()
        self._rates.take(owner.alone or owner.name, shared=not owner.alone)
        self._door.take(owner.name)
        turn.owner = owner.name
        turn.held.callback(self._door.give_back, owner.name)

    def ask(self, turn: Turn, environ: Environ, service: str, send: Callable[[], Any]) -> Any:
        """`send` at a place of this service, held until the turn ends. Raises what it raises, or a refusal."""
        self._breakers.enter(service, turn.owner)
        good: bool | None = None
        try:
            response = self._asked(turn, self._services[service], send)
            good = True
        except Problem as problem:
            good = False if problem.slug in _BAD else good
            raise
        finally:
            self._breakers.leave(service, turn.owner, good=good)
        try:
            self._owners.saw(environ, response.status)
        except PortError:
            return response  # learned another time
        return response

    def _asked(self, turn: Turn, places: Places, send: Callable[[], Any]) -> Any:
        """A service that was too slow goes on working for a while: its thread counts as held until `LINGER` is over."""
        places.take(turn.owner)
        try:
            response = send()
        except Problem as problem:
            if problem.slug == _SLOW:
                places.give_back_later(turn.owner, LINGER)
            else:
                places.give_back(turn.owner)
            raise
        except BaseException:
            places.give_back(turn.owner)
            raise
        turn.held.callback(places.give_back, turn.owner)
        return response
