"""Whose share a request takes: its kelurahan, as far as signed or stored words tell it; never what a client says.

Staff: the office they work for. Residents: the kelurahan of the upload grant they show, or of the application they
last opened with success. Systems and the city: their own account. Residents of whom nothing is known yet have one
share together, and so have callers without a session; but each of them is counted alone.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.ports.documents import Documents
from gateway.pantau.statistik.proyeksi import ROWS
from web.identity import AUDIENCE, ISSUER
from web.tokens import TokenRefused, Verifier

UNKNOWN, NOBODY = "warga", "umum"  # residents of whom no kelurahan is known yet; callers without a session
_CASE = re.compile(r"^/v1/permohonan/([0-9a-f-]{36})(?:/|$)")
_MOST = 10_000  # accounts remembered per process
Environ = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Owner:
    """`name` holds the places; `alone` is who is counted by himself where a name is not a kelurahan's."""

    name: str
    alone: str = ""


class Owners:
    """Thread-safe."""

    def __init__(self, verifier: Verifier, documents: Documents, address: Callable[[Environ], str]) -> None:
        self._verifier, self._documents, self._address = verifier, documents, address
        self._learned: OrderedDict[str, str] = OrderedDict()  # account → kelurahan
        self._lock = threading.Lock()

    def of(self, environ: Environ) -> Owner:
        """The owner of this request; its Authorization is already the service token."""
        claims = self._claims(environ)
        if not claims:
            return Owner(NOBODY, f"alamat:{self._address(environ)}")
        area = claims.get("wilayah") or ()
        if area:
            office = len(area[0]) >= 6 and claims["peran"] != "sistem"
            return Owner(str(area[0]) if office else f"akun:{claims['sub']}")
        granted = self._granted(environ)
        if granted:
            self._learn(claims["sub"], granted)
            return Owner(granted)
        with self._lock:
            known = self._learned.get(claims["sub"])
        return Owner(known) if known else Owner(UNKNOWN, f"akun:{claims['sub']}")

    def saw(self, environ: Environ, status: int) -> None:
        """An application that somebody opened with success is his: from now on he counts for its kelurahan."""
        case = _CASE.match(environ["PATH_INFO"])
        if case is None or status >= 400:
            return
        claims = self._claims(environ)
        if not claims or claims.get("wilayah"):
            return
        with self._lock:
            known = claims["sub"] in self._learned
        if not known and (kode := self._kelurahan(case[1])):
            self._learn(claims["sub"], kode)

    def _claims(self, environ: Environ) -> dict[str, Any]:
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        if not token:
            return {}
        try:
            return self._verifier.verify(token, issuer=ISSUER, audience=AUDIENCE)
        except TokenRefused:
            return {}

    def _granted(self, environ: Environ) -> str:
        token = environ.get("HTTP_X_IZIN_UNGGAH", "")
        if not token:
            return ""
        try:
            return str(self._verifier.verify(token, issuer="pengajuan", audience="dokumen")["kantor"])
        except (TokenRefused, KeyError):
            return ""

    def _kelurahan(self, id: str) -> str:
        """From the statistics' row of the application; empty before its filing was seen."""
        found = self._documents.find(ROWS.name, {"id": id}, limit=1)
        return found[0].scope if found else ""

    def _learn(self, sub: str, kode: str) -> None:
        with self._lock:
            self._learned[sub] = kode
            self._learned.move_to_end(sub)
            while len(self._learned) > _MOST:
                self._learned.popitem(last=False)
