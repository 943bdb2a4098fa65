"""Staff by the city's own sign-in: we send them there with a question of one use, and take back a code for it.

The front end keeps `permintaan` where only it can read it; a code that somebody else's browser fetched fits no
question of ours. Who signs letters comes with a second factor of the provider.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import structlog
from apiflask import APIBlueprint

from chassis.clock import rfc3339
from chassis.ports.documents import Doc
from gateway.akun import isian
from gateway.bootstrap import App, here
from gateway.masuk import sesi
from gateway.masuk.models import Sesi
from gateway.masuk.models_oidc import OidcAlamat, OidcSelesai
from gateway.oidc import Provider, Question, Refused
from gateway.sessions import fingerprint
from web.problems import Problem

bp = APIBlueprint("oidc", __name__, tag="Masuk")
MINUTES = 10
_SCOPE = COLLECTION = "oidc"
_SECOND = {"mfa", "otp", "hwk", "swk", "sc", "fpt", "face"}  # RFC 8176: more than a password
_log = structlog.get_logger(__name__)


@bp.post("/v1/masuk/oidc")
@bp.output(OidcAlamat)
@bp.doc(
    summary="Where staff sign in at the city's provider, and the secret to come back with",
    responses={404: "tidak-ditemukan: no provider is set", 503: "layanan-tidak-tersedia"},
)
def ask() -> Any:
    app = here()
    address, question = _provider(app).ask()
    now, request = app.clock.real(), secrets.token_urlsafe(32)
    for old in app.documents.find(COLLECTION, {"sampai": {"lt": rfc3339(now)}}, limit=20):
        app.documents.delete(COLLECTION, old.scope, old.id, old.rev)
    body = {
        "state": question.state,
        "nonce": question.nonce,
        "verifier": question.verifier,
        "sampai": rfc3339(now + timedelta(minutes=MINUTES)),
    }
    app.documents.insert(COLLECTION, Doc(scope=_SCOPE, id=fingerprint(request), rev=1, body=body))
    return {"alamat": address, "permintaan": request, "berlaku_menit": MINUTES}


@bp.post("/v1/masuk/oidc/selesai")
@bp.input(OidcSelesai)
@bp.output(Sesi)
@bp.doc(
    summary="Sign in with the code that the provider sent back",
    responses={
        401: "oidc-ditolak",
        403: "akun-nonaktif, faktor-kedua-wajib",
        404: "tidak-ditemukan: no provider is set",
        422: "isi-salah",
        503: "layanan-tidak-tersedia",
    },
)
def finish(json_data: OidcSelesai) -> Any:
    app = here()
    provider, question = _provider(app), _used(app, json_data.permintaan)
    if question is None or not secrets.compare_digest(question.state, json_data.state):
        raise Problem("oidc-ditolak")
    try:
        claims = provider.claims(json_data.code, question)
    except Refused as refused:
        _log.warning("oidc_refused", why=str(refused))
        raise Problem("oidc-ditolak") from refused
    account = app.direktori.foreign(isian.foreign(claims["sub"]))
    if account is None:
        raise Problem("oidc-ditolak")
    if not account.state["aktif"]:
        raise Problem("akun-nonaktif")
    proven = bool(_SECOND & set(_texts(claims.get("amr"))))
    if app.wajib(account.id, account.state) and not proven:
        raise Problem("faktor-kedua-wajib")
    return sesi.begin(app, account, app.settings.session_staff, sesi.Kept(lewat="oidc", faktor=proven))


def _provider(app: App) -> Provider:
    if app.provider is None:
        raise Problem("tidak-ditemukan")
    return app.provider


def _used(app: App, request: str) -> Question | None:
    """The question, which is gone afterwards whatever the answer is."""
    doc = app.documents.get(COLLECTION, _SCOPE, fingerprint(request))
    if doc is None or not app.documents.delete(COLLECTION, _SCOPE, doc.id, doc.rev):
        return None
    if doc.body["sampai"] <= rfc3339(app.clock.real()):
        return None
    return Question(**{name: doc.body[name] for name in ("state", "nonce", "verifier")})


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
