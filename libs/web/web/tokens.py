"""Short signed statements between the deployables: JWS with Ed25519 (RFC 8037, 9864), checked with mounted keys.

The gateway states who calls; a service states what may be uploaded or what a clerk has seen. Each signer has a
key of its own in `keys/<name>.pem`; everybody has every public key in `keys/public/<name>.pem`.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

ALGORITHM = "Ed25519"
LEEWAY = 5  # seconds
_CACHE = 2048


class TokenRefused(Exception):
    """Not signed by whom it says, not for us, or no longer (or not yet) valid."""


def ensure_keys(folder: Path, names: list[str]) -> None:
    """Make the keys that are missing: folder 0700, private keys 0600; safe when called twice at once."""
    (folder / "public").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in names:
        private = folder / f"{name}.pem"
        if not private.exists():
            pem = Ed25519PrivateKey.generate().private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            )
            write_once(private, pem)
        key = OKPKey.import_key(private.read_bytes())
        public = key.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        write_once(folder / "public" / f"{name}.pem", public)


def write_once(path: Path, content: bytes) -> None:
    """Whoever links first wins; the others keep what is there."""
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it; both read the same file from now on
    finally:
        draft.unlink()


class Signer:
    """States things in the name of `name`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._key = OKPKey.import_key((folder / f"{name}.pem").read_bytes())

    def sign(self, audience: str, seconds: int, **claims: Any) -> str:
        """A token for `audience`, valid for `seconds` from now (real time)."""
        now = int(time.time())
        body = {"iss": self.name, "aud": audience, "iat": now, "exp": now + seconds, **claims}
        return jwt.encode({"alg": ALGORITHM, "typ": "JWT"}, body, self._key, algorithms=[ALGORITHM])


class Verifier:
    """Believes only the public keys in its folder. Verified tokens are remembered until they expire."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "public"
        self._keys: dict[str, OKPKey] = {}
        self._seen: OrderedDict[tuple[str, str, str], dict[str, Any]] = OrderedDict()

    def verify(self, token: str, *, issuer: str, audience: str) -> dict[str, Any]:
        """The claims. Raises `TokenRefused`."""
        key = (token, issuer, audience)
        claims = self._seen.get(key) or self._verify(token, issuer, audience)
        if not claims["iat"] - LEEWAY <= time.time() < claims["exp"] + LEEWAY:
            raise TokenRefused("expired or not yet valid")
        self._seen[key] = claims
        while len(self._seen) > _CACHE:
            self._seen.popitem(last=False)
        return claims

    def _verify(self, token: str, issuer: str, audience: str) -> dict[str, Any]:
        try:
            claims = jwt.decode(token, self._key(issuer), algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as error:
            raise TokenRefused(type(error).__name__) from error
        if claims.get("iss") != issuer or claims.get("aud") != audience:
            raise TokenRefused("other issuer or audience")
        if not {"iat", "exp"} <= claims.keys():
            raise TokenRefused("no lifetime")
        return dict(claims)

    def _key(self, issuer: str) -> OKPKey:
        if issuer not in self._keys:
            self._keys[issuer] = OKPKey.import_key((self._folder / f"{issuer}.pem").read_bytes())
        return self._keys[issuer]
