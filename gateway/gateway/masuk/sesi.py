"""Beginning, seeing and ending sessions: the answer of a sign-in, GET|DELETE /v1/sesi, GET /v1/saya."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apiflask import APIBlueprint
from flask import request

from chassis.aggregate import Outcome
from chassis.clock import rfc3339
from gateway import door
from gateway.bootstrap import App, here
from gateway.masuk.models import DaftarSesi, Ganti, Saya, Sesi
from gateway.masuk.sandi import subject
from gateway.sessions import Session
from gateway.tries import owner_of
from web import identity
from web.problems import Problem

bp = APIBlueprint("sesi", __name__, tag="Masuk")
_SHORT = 16  # characters of a session's hash that name it to its owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a session was opened: `lewat` the way, `nama` and `token` of a device that is remembered, `faktor` whether
    a second factor was given.
    """

    lewat: str
    nama: str = ""
    token: str | None = None
    faktor: bool = False


def registered(app: App, akun: str, nama: str, seconds: int, *, faktor: bool) -> Kept:
    """A device of staff, known for so long by the token that the answer shows once."""
    token = app.devices.remember(owner_of(subject(akun)), nama, seconds, faktor=faktor)
    return Kept(lewat="sandi", nama=nama, token=token, faktor=faktor)


def begin(app: App, account: Outcome, seconds: int, kept: Kept) -> dict[str, Any]:
    """The answer to a successful sign-in."""
    token, until = app.sessions.start(
        account.id, seconds, lewat=kept.lewat, perangkat=kept.nama, faktor=kept.faktor
    )
    return {
        "token": token,
        "berlaku_sampai": rfc3339(until),
        "akun": _shown(app, account, kept.lewat),
        "perangkat": kept.token,
    }


@bp.get("/v1/sesi")
@bp.output(DaftarSesi)
@bp.doc(summary="Where I am signed in", responses={401: "belum-masuk"})
def listing() -> Any:
    caller, app, here_id = identity.caller(), here(), request.environ[door.SESSION]
    rows = [
        {
            "id": s.id[:_SHORT],
            "mulai": rfc3339(s.began),
            "sampai": rfc3339(s.until),
            "lewat": s.lewat,
            "perangkat": s.perangkat,
            "sekarang": s.id == here_id,
        }
        for s in app.sessions.of(caller.sub)
    ]
    return {"sesi": rows}


@bp.delete("/v1/sesi")
@bp.output({}, status_code=204)
@bp.doc(summary="Sign out: this session ends everywhere", responses={401: "belum-masuk"})
def end() -> Any:
    identity.caller()
    ended(here(), request.environ[door.SESSION])
    return ""


@bp.delete("/v1/sesi/<id>")
@bp.output({}, status_code=204)
@bp.doc(
    summary="End one of my sessions; other doors believe it for a minute at most",
    responses={401: "belum-masuk", 404: "tidak-ditemukan"},
)
def end_one(id: str) -> Any:
    caller, app = identity.caller(), here()
    found = [s for s in app.sessions.of(caller.sub) if s.id[:_SHORT] == id]
    if not found:
        raise Problem("tidak-ditemukan")
    ended(app, found[0].id)
    return ""


@bp.post("/v1/sesi/ganti")
@bp.input(Ganti)
@bp.output(Sesi)
@bp.doc(
    summary="Go on as another person whom my contact serves; the present session ends",
    responses={401: "belum-masuk", 403: "dilarang", 404: "tidak-ditemukan"},
)
def switch(json_data: Ganti) -> Any:
    caller, app = identity.caller("warga"), here()
    session = current(app)
    family = app.direktori.family(caller.sub) if session.lewat == "kontak" else []
    other = [o for o in family if o.id == json_data.akun and o.state["aktif"]]
    if not other:
        raise Problem("tidak-ditemukan")
    answer = begin(app, other[0], app.settings.session_resident, Kept(lewat="kontak", nama=session.perangkat))
    ended(app, session.id)
    return answer


@bp.get("/v1/saya")
@bp.output(Saya)
@bp.doc(summary="Who is signed in", responses={401: "belum-masuk"})
def me() -> Any:
    caller, app = identity.caller(), here()
    account = app.direktori.get(caller.sub)
    if account is None:
        raise Problem("belum-masuk")
    return _shown(app, account, current(app).lewat)


def current(app: App) -> Session:
    """The session of this request. Raises `belum-masuk` if it ended meanwhile."""
    session = app.sessions.find(request.environ.get(door.SESSION, ""))
    if session is None:
        raise Problem("belum-masuk", headers={"WWW-Authenticate": "Bearer"})
    return session


def ended(app: App, id: str) -> None:
    """That session is over, at this door at once."""
    app.sessions.end(id)
    app.exchange.forget(id)


def _shown(app: App, account: Outcome, lewat: str) -> dict[str, Any]:
    state = account.state
    family = app.direktori.family(account.id) if lewat == "kontak" and state["peran"] == "warga" else []
    others = [{"akun": o.id, "nama": o.state.get("nama") or ""} for o in family if o.id != account.id]
    shown = {name: state.get(name) or "" for name in ("nama", "peran", "tingkat")}
    return {"akun": account.id, "wilayah": state["wilayah"], "keluarga": others, **shown}
