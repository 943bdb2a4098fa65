"""Who asks without an account: a keyed hash of the client's address, in a statement that the gateway signed."""

from __future__ import annotations

from flask import request

from web.tokens import TokenRefused, Verifier

HEADER = "X-Klien"
UNKNOWN = "tak-dikenal"  # everybody whom no gateway vouches for shares one counter


def klien(verifier: Verifier) -> str:
    """Never the address itself; a header that the gateway did not sign counts as none."""
    token = request.headers.get(HEADER, "")
    if not token:
        return UNKNOWN
    try:
        claims = verifier.verify(token, issuer="gateway", audience="dokumen")
    except TokenRefused:
        return UNKNOWN
    return str(claims["klien"]) if claims.get("jenis") == "klien" else UNKNOWN
