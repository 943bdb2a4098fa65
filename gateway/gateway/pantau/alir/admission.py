"""Who may have a stream, of what, from where: the questions that need a store, asked on a thread of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chassis.contracts import Contracts
from chassis.ports.events import Events
from gateway.pantau import cursor, stream, wilayah
from gateway.pantau.alir import frames
from gateway.pantau.alir.frames import Filter
from gateway.pantau.alir.head import Head
from gateway.pantau.tiket import Tickets
from gateway.sessions import fingerprint
from gateway.tokens import Exchange
from web.identity import AUDIENCE, ISSUER, Identity
from web.problems import Problem
from web.tokens import Verifier

PATH = "/v1/alir"
_AREA = re.compile(r"[0-9]{4,10}")
_PAGE = 200  # events of one step of catching up


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """`session` is its fingerprint; `place` is where the client goes on in `epoch`."""

    session: str
    sub: str
    filter: Filter
    epoch: str
    place: dict[str, int]


class Admission:
    """Thread-safe."""

    def __init__(
        self, exchange: Exchange, verifier: Verifier, tickets: Tickets, contracts: Contracts, events: Events
    ) -> None:
        self._exchange, self._verifier, self._tickets = exchange, verifier, tickets
        self._contracts, self._events = contracts, events

    def admit(self, head: Head) -> Admitted:
        """Raises `Problem`."""
        if head.path != PATH:
            raise Problem("tidak-ditemukan")
        if head.method != "GET":
            raise Problem("cara-salah", headers={"Allow": "GET"})
        session = self._session(head)
        caller, asked = self._caller(session), head.query.get("wilayah") or None
        if asked is not None and not _AREA.fullmatch(asked):
            detail = "Wilayah adalah 4 sampai 10 angka."
            raise Problem("isi-salah", errors=[{"pointer": "/wilayah", "slug": "pola", "detail": detail}])
        area = wilayah.area(caller, asked)
        types = wilayah.types(self._contracts, head.query.get("jenis", ""))
        epoch, place = self._start(head, area)
        chosen = Filter(area, frozenset(types))
        return Admitted(session=session, sub=caller.sub, filter=chosen, epoch=epoch, place=place)

    def still(self, one: Admitted) -> bool:
        """Whether the session is good and covers what is streamed; asked once a minute."""
        try:
            caller = self._caller(one.session)
        except Problem:
            return False
        return all(caller.covers(kode) for kode in one.filter.area)

    def catch_up(self, one: Admitted, place: dict[str, int]) -> tuple[bytes, dict[str, int]]:
        """The next frames out of the log, and the place after them. Raises `Problem`, `PortError`."""
        topics = wilayah.topics(self._contracts, self._events, one.filter.area)
        at = cursor.Cursor(one.epoch, place)
        page = stream.page(self._events, topics, at, one.filter.types, _PAGE)
        pairs = zip(page.after, page.events, strict=True)
        data = [frames.event(one.epoch, after, frames.body(event)) for after, event in pairs]
        return b"".join(data), dict(page.cursor.offsets)

    def _session(self, head: Head) -> str:
        if secret := head.bearer:
            return fingerprint(secret)
        found = self._tickets.redeem(head.query["tiket"]) if "tiket" in head.query else None
        if found is None:
            raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"})
        return found

    def _caller(self, session: str) -> Identity:
        claims = self._verifier.verify(self._exchange.of(session).token, issuer=ISSUER, audience=AUDIENCE)
        if claims["peran"] not in wilayah.WATCHERS:
            raise Problem("dilarang")
        return Identity(sub=claims["sub"], peran=claims["peran"], wilayah=tuple(claims["wilayah"]))

    def _start(self, head: Head, area: tuple[str, ...]) -> tuple[str, dict[str, int]]:
        """From the last event id, else `cursor`, else from now on (`mulai=awal`: from the first event)."""
        topics = wilayah.topics(self._contracts, self._events, area)
        text = head.headers.get("last-event-id") or head.query.get("cursor", "")
        at = cursor.read(text) if text else None
        epoch, bounds, place = stream.begin(self._events, topics, at)
        if at is None and head.query.get("mulai") != "awal":
            place = {kode: bounds[topic][1] for kode, topic in topics.items()}
        return epoch, place
