"""Beginning and ending a session: its answer, DELETE /v1/sesi, GET /v1/saya."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request

from chassis.aggregate import Outcome
from chassis.clock import rfc3339
from gateway import door
from gateway.bootstrap import App, here
from gateway.masuk.models import Saya
from web import identity
from web.identity import Identity

bp = APIBlueprint("sesi", __name__, tag="Masuk")


def begin(app: App, account: Outcome, seconds: int) -> dict[str, Any]:
    """The answer to a successful sign-in."""
    token, until = app.sessions.start(account.id, seconds)
    state = account.state
    shown = {name: state.get(name) or "" for name in ("nama", "peran", "tingkat")}
    return {
        "token": token,
        "berlaku_sampai": rfc3339(until),
        "akun": {"akun": account.id, "wilayah": state["wilayah"], **shown},
    }


@bp.delete("/v1/sesi")
@bp.output({}, status_code=204)
@bp.doc(summary="Sign out: this session ends everywhere", responses={401: "belum-masuk"})
def end() -> Any:
    identity.caller()
    app, id = here(), request.environ[door.SESSION]
    app.sessions.end(id)
    app.exchange.forget(id)
    return ""


@bp.get("/v1/saya")
@bp.output(Saya)
@bp.doc(summary="Who is signed in", responses={401: "belum-masuk"})
def me() -> Any:
    return _shown(identity.caller())


def _shown(caller: Identity) -> dict[str, Any]:
    return {
        "akun": caller.sub,
        "nama": caller.klaim.get("nama", ""),
        "peran": caller.peran,
        "wilayah": list(caller.wilayah),
        "tingkat": caller.tingkat,
    }
