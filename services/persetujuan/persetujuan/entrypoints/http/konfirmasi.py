"""The fresh confirmation of a signer: a token of the gateway bound to the ids it was given for."""

from __future__ import annotations

import hashlib

from flask import request

from web.tokens import TokenRefused, Verifier


def terkonfirmasi(verifier: Verifier, sub: str, ids: list[str]) -> bool:
    """Whether X-Konfirmasi is there, valid, this caller's and for exactly these ids."""
    token = request.headers.get("X-Konfirmasi", "")
    if not token:
        return False
    try:
        claims = verifier.verify(token, issuer="gateway", audience="persetujuan")
    except TokenRefused:
        return False
    bound = (claims.get("jenis"), claims.get("sub"), claims.get("ids_hash"))
    return bound == ("konfirmasi", sub, sidik(ids))


def sidik(ids: list[str]) -> str:
    """SHA-256 hex of the sorted ids, one per line."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
