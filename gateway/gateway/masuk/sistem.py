"""Outside systems: client credentials (RFC 6749 section 4.4), errors in that standard's own shape."""

from __future__ import annotations

import base64
import hmac
from typing import Any
from urllib.parse import unquote_plus

from apiflask import APIBlueprint
from flask import Response, jsonify, request

from gateway import door
from gateway.akun import akun, isian
from gateway.bootstrap import App, here
from gateway.masuk.models import TokenSistem
from gateway.tries import Rule

bp = APIBlueprint("sistem", __name__, tag="Masuk")
RULE = Rule(kind="rahasia", client=30, strangers=0, seconds=900)  # a secret of 256 bits is not guessed
_NOBODY = isian.fingerprint("nobody has this secret")


@bp.post("/v1/token")
@bp.output(TokenSistem)
@bp.doc(
    summary="A token for an outside system; form grant_type=client_credentials, or HTTP Basic",
    responses={
        400: "RFC 6749: unsupported_grant_type",
        401: "RFC 6749: invalid_client",
        429: "terlalu-sering",
    },
)
def token() -> Any:
    app = here()
    if request.form.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", 400)
    id, secret = _credentials()
    if not _proven(app, id, secret):
        return _refused("invalid_client", 401)
    seconds = app.settings.session_system
    value, _ = app.sessions.start(id, seconds, lewat="rahasia")
    return {"access_token": value, "expires_in": seconds}


def _proven(app: App, id: str, secret: str) -> bool:
    attempt = app.tries.begin(RULE, f"akun.{id}")
    state = app.direktori.active(id)
    stored = state["rahasia"] if state is not None and state["jenis"] == akun.SISTEM else None
    fits = hmac.compare_digest(stored or _NOBODY, isian.fingerprint(secret)) and stored is not None
    if fits:
        attempt.passed()
    else:
        attempt.failed()
    return fits


def _refused(error: str, status: int) -> Response:
    """RFC 6749 section 5.2."""
    answer = jsonify(error=error)
    answer.status_code = status
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="e-Kelurahan"'
    return answer


def _credentials() -> tuple[str, str]:
    """From the Authorization header or the form; two empty strings if neither is readable."""
    basic = request.environ.get(door.BASIC)
    if basic is None:
        return request.form.get("client_id", ""), request.form.get("client_secret", "")
    try:
        id, _, secret = base64.b64decode(basic, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote_plus(id), unquote_plus(secret)
