"""GET /.well-known/jwks.json: the public keys of the gateway and the services (RFC 7517)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from apiflask import APIBlueprint
from joserfc.jwk import OKPKey
from pydantic import BaseModel

from gateway.bootstrap import here

bp = APIBlueprint("jwks", __name__, tag="Kontrak")


class Keys(BaseModel):
    """A JWK set."""

    keys: list[dict[str, Any]]


@bp.get("/.well-known/jwks.json")
@bp.output(Keys)
@bp.doc(summary="Public keys that signed tokens can be checked with")
def jwks() -> Any:
    return {"keys": public(here().settings.key_folder())}


def public(folder: Path) -> list[dict[str, Any]]:
    """One key per signer; `kid` is its name."""
    found = []
    for file in sorted((folder / "public").glob("*.pem")):
        key: dict[str, Any] = dict(OKPKey.import_key(file.read_bytes()).as_dict(private=False))
        found.append({**key, "kid": file.stem, "use": "sig", "alg": "Ed25519"})
    return found
