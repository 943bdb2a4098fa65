"""The city's own sign-in as an OpenID Connect provider: code flow with PKCE (OIDC Core 1.0, RFC 7636, 9700).

Believed is only an ID token that the configured issuer signed for us, now, in answer to our question. Its keys are
fetched again when a token names one that is not known, at most once a minute.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
import urllib3
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from web.problems import Problem

ALGORITHMS = [
    "RS256",
    "PS256",
    "ES256",
    "RS384",
    "RS512",
    "Ed25519",
]  # asymmetric only: never none, never HS…
LEEWAY, KEPT, FRESH = (
    60,
    3600.0,
    60.0,
)  # seconds: clocks apart, metadata and keys kept, not asked again before
_MOST = 256 * 1024  # bytes of an answer
_HERE = {"127.0.0.1", "localhost", "::1"}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What we asked and the answer must fit; kept on this side only."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Us, as the provider registered us."""

    issuer: str
    id: str
    secret: str
    redirect: str


class Refused(Exception):
    """The provider's word is not believed; the text is for the log and holds no token."""


class Provider:
    """Thread-safe. Metadata and keys are fetched when first needed."""

    def __init__(self, client: Client, now: Callable[[], float] = time.monotonic) -> None:
        parts = urlsplit(client.issuer)
        if parts.scheme != "https" and parts.hostname not in _HERE:
            raise ValueError("EKEL_OIDC_ISSUER: https, or this machine")
        self._client, self._now, self._lock = client, now, threading.Lock()
        self._pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=3, read=5))
        self._meta: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def ask(self) -> tuple[str, Question]:
        """The address where people sign in, and what the answer must fit."""
        question = Question(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
        )
        digest = hashlib.sha256(question.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": self._client.redirect,
            "scope": "openid",
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{self._metadata()['authorization_endpoint']}?{urlencode(asked)}", question

    def claims(self, code: str, question: Question) -> dict[str, Any]:
        """Who signed in. Raises `Refused`, or `Problem` when the provider is away."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._client.redirect,
            "code_verifier": question.verifier,
        }
        basic = urllib3.make_headers(basic_auth=f"{self._client.id}:{self._client.secret}")
        headers = {**basic, "content-type": "application/x-www-form-urlencoded"}
        answer = self._fetch("POST", self._metadata()["token_endpoint"], headers, urlencode(form))
        return self._believed(str(answer.get("id_token", "")), question)

    def _believed(self, token: str, question: Question) -> dict[str, Any]:
        """Section 3.1.3.7 of OIDC Core."""
        try:
            claims = dict(jwt.decode(token, self._key_set(token), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError) as error:
            raise Refused(type(error).__name__) from error
        audience, now = claims.get("aud"), time.time()
        meant = audience == self._client.id or (
            isinstance(audience, list)
            and self._client.id in audience
            and (len(audience) == 1 or claims.get("azp") == self._client.id)
        )
        wrong = {
            "issuer": claims.get("iss") != self._client.issuer,
            "audience": not meant,
            "expired": not _number(claims.get("exp")) or claims["exp"] + LEEWAY <= now,
            "not yet": not _number(claims.get("iat")) or claims["iat"] - LEEWAY > now,
            "nonce": not secrets.compare_digest(str(claims.get("nonce", "")), question.nonce),
            "subject": not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255,
        }
        for name, is_wrong in wrong.items():
            if is_wrong:
                raise Refused(name)
        return claims

    def _key_set(self, token: str) -> KeySet:
        """The provider's keys, fetched again for a key that is not among them. Raises JoseError, ValueError."""
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        with self._lock:
            kept = self._keys
            age = float("inf") if kept is None else self._now() - kept[0]
            known = kept is not None and (kid is None or any(key.kid == kid for key in kept[1]))
            if kept is None or age >= KEPT or (not known and age >= FRESH):
                found = KeySet.import_key_set(self._fetch("GET", self._metadata_now()["jwks_uri"]))  # type: ignore[arg-type]
                kept = self._keys = (self._now(), found)
            return kept[1]

    def _metadata(self) -> dict[str, Any]:
        with self._lock:
            return self._metadata_now()

    def _metadata_now(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0. Raises `Problem` if the document is not the issuer's own."""
        if self._meta is None or self._now() - self._meta[0] >= KEPT:
            url = f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = self._fetch("GET", url)
            if found.get("issuer") != self._client.issuer:
                _log.error("oidc_other_issuer", url=url)
                raise Problem("layanan-tidak-tersedia")
            self._meta = (self._now(), found)
        return self._meta[1]

    def _fetch(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: str | None = None
    ) -> dict[str, Any]:
        """A JSON object. Raises `Refused` for the provider's no, `Problem` when it is away."""
        try:
            answer = self._pool.request(
                method, url, headers=headers, body=body, redirect=False, preload_content=False
            )
            with answer:
                data = json.loads(answer.read(_MOST))
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            _log.warning("oidc_away", url=url, error=type(error).__name__)
            raise Problem("layanan-tidak-tersedia", headers={"Retry-After": "5"}) from error
        if not 200 <= answer.status < 300 or not isinstance(data, dict):
            raise Refused(f"{urlsplit(url).path} answered {answer.status}")
        return data


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
