"""Short signed statements between the deployables: JWS with Ed25519 (RFC 8037, 9864), checked with mounted keys.

The gateway states who calls; a service states what may be uploaded or what a clerk has seen. Each signer has a
key of its own in `keys/<name>.pem`; everybody has every public key in `keys/public/<name>.pem`, and after a
rotation (`web.rotation`) in `keys/public/<name>.<id>.pem`. Running processes see files that come and go.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

ALGORITHM: Final = "Ed25519"
LEEWAY = 5  # seconds
_CACHE = 2048
_SETTLED = 10**9  # nanoseconds after which a folder's time tells every later change


class TokenRefused(Exception):
    """Not signed by whom it says, not for us, or no longer (or not yet) valid."""


def ensure_keys(folder: Path, names: list[str]) -> None:
    """Make the keys that are missing: folder 0700, private keys 0600; safe when called twice at once."""
    (folder / "public").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in names:
        private = folder / f"{name}.pem"
        if not private.exists():
            write_once(private, new_key())
        if not any((folder / "public").glob(f"{name}.*.pem")):  # else rotation published what it made
            write_once(folder / "public" / f"{name}.pem", public_half(private.read_bytes()))


def new_key() -> bytes:
    """A private key as PEM."""
    return OKPKey.generate_key(ALGORITHM).as_pem(private=True)


def public_half(private: bytes) -> bytes:
    """The public PEM of a private one."""
    return OKPKey.import_key(private).as_pem(private=False)


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
        self.name, self._file = name, folder / f"{name}.pem"
        self._read()

    def sign(self, audience: str, seconds: int, **claims: Any) -> str:
        """A token for `audience`, valid for `seconds` from now (real time)."""
        now = int(time.time())
        body = {"iss": self.name, "aud": audience, "iat": now, "exp": now + seconds, **claims}
        if _mark(self._file.stat()) != self._known:  # rotated: another file has the name
            self._read()
        return jwt.encode({"alg": ALGORITHM, "typ": "JWT"}, body, self._key, algorithms=[ALGORITHM])

    def _read(self) -> None:
        with self._file.open("rb") as file:
            self._known, self._key = _mark(os.fstat(file.fileno())), OKPKey.import_key(file.read())


def _mark(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_ino, stat.st_mtime_ns


class Verifier:
    """Believes only the public keys in its folder. Verified tokens are remembered until they expire."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "public"
        self._keys: dict[str, list[OKPKey]] = {}
        self._read_at = 0  # when the folder was last changed, as far as `_keys` knows
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
        claims = self._signed(token, issuer)
        if claims.get("iss") != issuer or claims.get("aud") != audience:
            raise TokenRefused("other issuer or audience")
        if not {"iat", "exp"} <= claims.keys():
            raise TokenRefused("no lifetime")
        return dict(claims)

    def _signed(self, token: str, issuer: str) -> dict[str, Any]:
        """The claims, if one of the issuer's published keys signed them."""
        refused: Exception = TokenRefused(f"no key of {issuer}")
        for key in self._published(issuer):
            try:
                return dict(jwt.decode(token, key, algorithms=[ALGORITHM]).claims)
            except (JoseError, ValueError) as error:
                refused = error
        raise TokenRefused(type(refused).__name__) from refused

    def _published(self, issuer: str) -> list[OKPKey]:
        """The keys in the folder now; read again after it changed."""
        changed = self._folder.stat().st_mtime_ns
        if changed != self._read_at:
            settled = time.time_ns() - changed > _SETTLED  # two changes within one tick have one time
            self._keys, self._read_at = {}, changed if settled else 0
        if issuer not in self._keys:
            files = sorted(self._folder.glob(f"{issuer}*.pem"))
            named = [file for file in files if file.name.split(".")[0] == issuer]
            self._keys[issuer] = [OKPKey.import_key(file.read_bytes()) for file in named]
        return self._keys[issuer]
