"""Somebody of every role with a token that is good now: at the gateway's door and at the services behind it."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self

from chassis.causes import Cause
from ekel.wewenang import PUBLIC, RESIDENT
from gateway import bootstrap
from gateway.akun import akun, isian
from gateway.akun.kontak import Kontak
from gateway.demo import PASSWORD
from gateway.settings import Settings
from support.system import System
from support.wewenang import OFFICE, TABLE
from web.tokens import Signer

ROLES: Final = (PUBLIC, RESIDENT, *TABLE.digits)
_SECONDS: Final = 3600


class Callers:
    """Sessions are written where the gateway keeps them; an account that a call spoiled is made anew."""

    def __init__(self, system: System) -> None:
        self._settings = Settings(env="test", data=system.folder)
        self._app = bootstrap.build(self._settings)
        self._signer = Signer(self._settings.key_folder(), "gateway")
        self._sessions: dict[str, str] = {}
        self._password = self._app.passwords.hash(PASSWORD)
        self._round = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._app.close()

    def headers(self, peran: str, deployable: str) -> dict[str, str]:
        """Authorization for a call to `gateway` or to a service; nothing for the public."""
        if peran == PUBLIC:
            return {}
        token = self._session(peran) if deployable == "gateway" else self._direct(peran)
        return {"Authorization": f"Bearer {token}"}

    def forget(self, peran: str) -> None:
        """His session ended, or his account changed: the next call is somebody else of that role."""
        self._sessions.pop(peran, None)

    def _session(self, peran: str) -> str:
        if peran not in self._sessions:
            self._round += 1
            sub = self._account(peran, f"{peran.replace('_', '-')}.{self._round}")
            lewat = "kontak" if peran == RESIDENT else "sandi"
            self._sessions[peran] = self._app.sessions.start(sub, _SECONDS, lewat=lewat)[0]
        return self._sessions[peran]

    def _account(self, peran: str, name: str) -> str:
        """A new one, whole enough for `ekel check`; its id."""
        if peran == RESIDENT:
            return self._app.direktori.resident(Kontak(jenis="email", nilai=f"{name}@uji.example"), name).id
        system, sub = peran == "sistem", f"uji.{name}"
        fields = {
            "nama": "Orang Contoh",
            "jenis": akun.SISTEM if system else akun.PETUGAS,
            "peran": peran,
            "wilayah": _area(peran),
            **({"rahasia": isian.fingerprint(sub)} if system else {"sandi": self._password}),
        }
        self._app.direktori.change(sub, akun.baru(sub, fields), Cause.command(f"uji:{sub}"))
        return sub

    def _direct(self, peran: str) -> str:
        claims: Mapping[str, Any] = {"tingkat": "kontak"} if peran == RESIDENT else {}
        return self._signer.sign(
            "layanan", 300, sub=f"uji.{peran}", peran=peran, wilayah=_area(peran), sid="uji", **claims
        )


def _area(peran: str) -> list[str]:
    """The demo's office, its kecamatan or its city."""
    return [] if peran == RESIDENT else [OFFICE[: TABLE.digits[peran]]]
