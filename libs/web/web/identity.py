"""Who calls: the gateway's short-lived token, verified again by every service. A header alone is never believed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import g, request

from web.problems import Problem
from web.tokens import TokenRefused, Verifier

AUDIENCE = "layanan"
ISSUER = "gateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`wilayah` are code prefixes the caller works for; `tingkat` is R1's level of a resident."""

    sub: str
    peran: str
    wilayah: tuple[str, ...] = ()
    tingkat: str = ""
    klaim: Mapping[str, Any] = field(default_factory=dict)

    def covers(self, kode: str) -> bool:
        """Whether the caller's area holds this office (the camat of 327601 sees nothing of 327605)."""
        return any(kode.startswith(prefix) for prefix in self.wilayah)


def install(app: Any, verifier: Verifier) -> None:
    """Read the token of each request, if there is one; a bad token is an error, not an anonymous caller."""

    @app.before_request  # type: ignore[untyped-decorator]
    def read() -> None:
        g.identity = None
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if not token:
            return
        if scheme.lower() != "bearer":
            raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"})
        try:
            claims = verifier.verify(token, issuer=ISSUER, audience=AUDIENCE)
        except TokenRefused as error:
            raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"}) from error
        g.identity = Identity(
            sub=claims["sub"],
            peran=claims["peran"],
            wilayah=tuple(claims.get("wilayah", ())),
            tingkat=claims.get("tingkat", ""),
            klaim=claims,
        )


def caller(*peran: str) -> Identity:
    """The caller, who must have one of the roles (any role if none is named). Raises 401 or 403."""
    identity: Identity | None = g.identity
    if identity is None:
        raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"})
    if peran and identity.peran not in peran:
        raise Problem("dilarang")
    return identity


def confirmed(verifier: Verifier, sub: str, ids: Sequence[str], audience: str) -> bool:
    """Whether X-Konfirmasi is a fresh one of the gateway, of this caller, for exactly these ids and this service."""
    try:
        claims = verifier.verify(request.headers.get("X-Konfirmasi", ""), issuer=ISSUER, audience=audience)
    except TokenRefused:
        return False
    return ("konfirmasi", sub, bound(ids)) == (claims.get("jenis"), claims.get("sub"), claims.get("ids_hash"))


def bound(ids: Sequence[str]) -> str:
    """What a confirmation is for: SHA-256 hex of the sorted ids, one per line."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def anyone() -> Identity | None:
    """The caller if signed in."""
    identity: Identity | None = g.identity
    return identity
