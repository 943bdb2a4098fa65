"""From a client's session to the short-lived signed token that services believe."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chassis.causes import State
from gateway.akun.direktori import Direktori
from gateway.sessions import Session, Sessions, fingerprint
from web.identity import AUDIENCE
from web.problems import Problem
from web.pseudonyms import Pseudonyms
from web.tokens import Signer

LIFETIME = 300  # seconds of a service token
RECHECK = 60.0  # seconds after which session and account are read again
_AGAIN = "Akun ini sekarang perlu kode aplikasi autentikator. Masuk lagi dengan kode itu."
_MOST = 10_000  # sessions remembered per process


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A session that is good now, and the token in its name."""

    session: str
    token: str


class Exchange:
    """Remembers what it signed for `RECHECK` seconds; `forget` after a change made in this process."""

    def __init__(
        self,
        sessions: Sessions,
        direktori: Direktori,
        signer: Signer,
        pseudonyms: Pseudonyms,
        wajib: Callable[[str, State], bool],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions, self._direktori, self._signer = sessions, direktori, signer
        self._pseudonyms, self._wajib, self._now = pseudonyms, wajib, now
        self._known: OrderedDict[str, tuple[float, Session, str]] = OrderedDict()
        self._lock = threading.Lock()

    def swap(self, secret: str) -> Passed:
        """The token for a session. Raises `belum-masuk`."""
        return self.of(fingerprint(secret))

    def of(self, id: str) -> Passed:
        """The same by the session's fingerprint."""
        with self._lock:
            known = self._known.get(id)
        if known is None or self._now() - known[0] >= RECHECK or self._sessions.over(known[1]):
            known = self._read(id)
        return Passed(session=id, token=known[2])

    def forget(self, id: str) -> None:
        with self._lock:
            self._known.pop(id, None)

    def forget_account(self, akun: str) -> None:
        with self._lock:
            for id in [i for i, (_, session, _t) in self._known.items() if session.akun == akun]:
                del self._known[id]

    def _read(self, id: str) -> tuple[float, Session, str]:
        began = self._now()
        session = self._sessions.find(id)
        state = None if session is None else self._direktori.active(session.akun)
        if session is None or state is None:
            self.forget(id)
            raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"})
        if not session.faktor and self._wajib(session.akun, state):  # he signs since he signed in
            self.forget(id)
            raise Problem("belum-masuk", _AGAIN, headers={"WWW-Authenticate": "Bearer"})
        claims = self._claims(session, state)
        known = (began, session, self._signer.sign(AUDIENCE, LIFETIME, **claims))
        with self._lock:
            self._known[id] = known
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return known

    def _claims(self, session: Session, state: State) -> dict[str, Any]:
        """What services learn; identity numbers of staff only as keyed hashes (own-case rule, R7)."""
        claims: dict[str, Any] = {
            "sub": session.akun,
            "peran": state["peran"],
            "wilayah": state["wilayah"],
            "tingkat": state.get("tingkat", ""),
            "sid": session.id[:16],
        }
        if state.get("nama"):
            claims["nama"] = state["nama"]
        if state.get("orang_h"):  # a known person's NIK was hashed when the clerk typed it
            claims["nik_h"] = state["orang_h"]
        for kind in ("nik", "kk"):
            if state.get(kind):
                claims[f"{kind}_h"] = self._pseudonyms.of(kind, state[kind])
        return claims
