"""A city's OpenID Connect provider: Authlib's own server on loopback, over HTTP, with faults that a test asks for."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import urllib3
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET, REDIRECT = "ekelurahan", "rahasia-klien-contoh", "https://layanan.example/masuk/oidc"
Fault = Callable[[dict[str, Any]], str]


@dataclass(slots=True)
class Registered:
    """The one client: us."""

    client_id: str = CLIENT

    def get_client_id(self) -> str:
        return self.client_id

    def check_client_secret(self, secret: str) -> bool:
        return secrets.compare_digest(secret, SECRET)

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == REDIRECT

    def get_default_redirect_uri(self) -> str:
        return REDIRECT

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"

    def get_allowed_scope(self, scope: str) -> str:
        return scope


@dataclass(slots=True, kw_only=True)
class Code:
    """An authorization code; the names are those Authlib asks for."""

    code: str
    user: str
    amr: list[str]
    nonce: str
    redirect_uri: str
    scope: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> list[str]:
        return self.amr


@dataclass(slots=True)
class Penyedia:
    """`people` are who may sign in, by `sub`; `fault` makes the ID token from the honest claims."""

    url: str = ""
    key: RSAKey | ECKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "satu"}))
    fault: Fault | None = None
    amr: list[str] = field(default_factory=lambda: ["pwd", "otp"])
    sub: str = ""
    codes: dict[str, Code] = field(default_factory=dict)
    fetched: int = 0
    _server: WSGIServer | None = None

    def __enter__(self) -> Self:
        self._server = make_server("127.0.0.1", 0, self._app(), handler_class=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def sign_in(self, address: str, sub: str) -> dict[str, str]:
        """As the person's browser: go to the provider, be signed in, come back; what stands in the address then."""
        self.sub = sub
        answer = urllib3.request("GET", address, redirect=False)
        assert answer.status == 302, answer.data
        back = urlsplit(answer.headers["Location"])
        assert back.geturl().startswith(REDIRECT)
        return {name: values[0] for name, values in parse_qs(back.query).items()}

    def signed(self, claims: dict[str, Any], **header: str) -> str:
        """A token as the provider makes it."""
        alg = "RS256" if isinstance(self.key, RSAKey) else "ES256"
        return jwt.encode({"alg": alg, "kid": str(self.key.kid), **header}, claims, self.key, [alg])

    def _app(self) -> Flask:
        app = Flask("penyedia")
        server = AuthorizationServer(
            app, lambda client: Registered() if client == CLIENT else None, lambda *_: None
        )
        server.register_grant(_grant(self), [_Tokens(self), CodeChallenge(required=True)])

        @app.get("/.well-known/openid-configuration")
        def metadata() -> Any:
            return jsonify(
                issuer=self.url,
                authorization_endpoint=f"{self.url}/masuk",
                token_endpoint=f"{self.url}/token",
                jwks_uri=f"{self.url}/keys",
            )

        @app.get("/keys")
        def keys() -> Any:
            self.fetched += 1
            return jsonify(KeySet([self.key]).as_dict(private=False))

        @app.get("/masuk")
        def authorize() -> Any:
            grant = server.get_consent_grant(end_user=self.sub)
            return server.create_authorization_response(grant_user=self.sub, grant=grant)

        @app.post("/token")
        def token() -> Any:
            return server.create_token_response(request)

        return app


def _grant(provider: Penyedia) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            kept = {n: data[n] for n in ("nonce", "redirect_uri", "code_challenge", "code_challenge_method")}
            scope = request.payload.scope
            provider.codes[code] = Code(code=code, user=request.user, amr=provider.amr, scope=scope, **kept)

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> str:
            return authorization_code.user

    return Grant


class _Tokens(OpenIDCode):  # type: ignore[misc]
    """Authlib's ID tokens, except where the test asks for a fault."""

    def __init__(self, provider: Penyedia) -> None:
        super().__init__(require_nonce=True)
        self._provider = provider

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(code.nonce == nonce for code in self._provider.codes.values())

    def resolve_client_private_key(self, client: Any) -> Any:
        return self._provider.key

    def get_client_algorithm(self, client: Any) -> str:
        return "RS256" if isinstance(self._provider.key, RSAKey) else "ES256"

    def get_encode_header(self, client: Any) -> dict[str, str]:
        return {"alg": self.get_client_algorithm(client), "kid": str(self._provider.key.kid)}

    def get_client_claims(self, client: Any) -> dict[str, Any]:
        return {"iss": self._provider.url, "aud": client.get_client_id()}

    def generate_user_info(self, user: str, scope: str) -> UserInfo:
        return UserInfo(sub=user)

    def encode_id_token(self, token: Any, request: Any) -> str:
        honest = str(super().encode_id_token(token, request))
        if self._provider.fault is None:
            return honest
        payload = honest.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return self._provider.fault(claims)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A provider of a test is not worth a line."""
