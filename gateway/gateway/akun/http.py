"""GET|POST /v1/akun, GET|PATCH /v1/akun/{id}: administrators keep the accounts of their own area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import g

from chassis.aggregate import Outcome, Stale
from gateway.akun import akun, isian, wewenang
from gateway.akun.models import Akun, AkunBaru, AkunQuery, AkunUbah, Daftar
from gateway.bootstrap import App, here
from gateway.masuk.sandi import subject
from gateway.tries import owner_of
from web import commands, identity, paging
from web.problems import Problem

bp = APIBlueprint("akun", __name__, tag="Akun")
ERRORS = {401: "belum-masuk", 403: "dilarang, bukan-wewenang", 422: "isi-salah"}


@bp.get("/v1/akun")
@bp.input(AkunQuery, location="query")
@bp.output(Daftar)
@bp.doc(summary="Accounts of staff and systems in the caller's area", responses=ERRORS)
def listing(query_data: AkunQuery) -> Any:
    caller, app = identity.caller(*wewenang.ADMINS), here()
    limit = paging.limit()
    found = app.direktori.page(paging.cursor(), limit)
    app.audit.append(app.direktori.kota, actor=caller.sub, action="akun.dibaca", subject="daftar")
    mine = [o for o in found if all(caller.covers(kode) for kode in o.state["wilayah"])]
    following = paging.write([found[-1].id]) if len(found) == limit else None
    return {"akun": [shown(o) for o in mine], "cursor": following}


@bp.post("/v1/akun")
@bp.input(AkunBaru)
@bp.output(Akun, status_code=201)
@bp.doc(
    summary="Make an account of staff or of an outside system", responses={**ERRORS, 409: "akun-sudah-ada"}
)
def create(json_data: AkunBaru) -> Any:
    caller, app = identity.caller(*wewenang.ADMINS), here()
    asked = json_data.model_dump(exclude={"sandi", "nik", "kk"})  # a digest of these could be guessed back
    cause = commands.command(caller.sub, asked)
    wewenang.require(caller, json_data.peran, json_data.wilayah)
    fields, secret = isian.baru(json_data, app.passwords)
    _note(app, caller.sub, "akun.dibuat", json_data.akun)
    outcome = app.direktori.change(json_data.akun, akun.baru(json_data.akun, fields), cause)
    once = {} if outcome.repeated else {"rahasia": secret}
    return commands.answer(outcome, {**shown(outcome), **once}, 201)


@bp.get("/v1/akun/<id>")
@bp.output(Akun)
@bp.doc(summary="One account", responses={**ERRORS, 404: "tidak-ditemukan"})
def one(id: str) -> Any:
    caller, app = identity.caller(*wewenang.ADMINS), here()
    outcome = _mine(app, caller, id)
    _note(app, caller.sub, "akun.dibaca", id)
    return commands.answer(outcome, shown(outcome))


@bp.patch("/v1/akun/<id>")
@bp.input(AkunUbah)
@bp.output(Akun)
@bp.doc(
    summary="Change an account; needs If-Match. Its sessions end when rights or password change",
    responses={**ERRORS, 404: "tidak-ditemukan", 412: "versi-berubah", 428: "perlu-if-match"},
)
def change(id: str, json_data: AkunUbah) -> Any:
    caller, app = identity.caller(*wewenang.ADMINS), here()
    cause = commands.change(caller.sub, g.request_id)
    found = _mine(app, caller, id)
    if found.version != cause.expected:  # rights were judged by the version that was read
        raise Stale(found.version)
    old = found.state
    fields, secret = isian.ubah(old, json_data, app.passwords)
    new = {**old, **fields}
    wewenang.require(caller, new["peran"], new["wilayah"])
    _note(app, caller.sub, "akun.diubah", id)
    outcome = app.direktori.change(id, akun.ubah(id, fields), cause)
    if fields.keys() & isian.ENDING:
        app.sessions.end_all(id)
        app.devices.forget(owner_of(subject(id)))
    app.exchange.forget_account(id)
    return commands.answer(outcome, {**shown(outcome), "rahasia": secret})


def shown(outcome: Outcome) -> dict[str, Any]:
    """Never password, secret, NIK or KK."""
    state: Mapping[str, Any] = outcome.state
    return {
        "akun": outcome.id,
        **{name: state.get(name) for name in ("nama", "peran", "wilayah", "aktif", "seksi", "kontak")},
        "nik_tercatat": bool(state.get("nik")),
        "oidc_terpasang": bool(state.get("oidc")),
        "totp_terpasang": bool((state.get("totp") or {}).get("aktif")),
    }


def _mine(app: App, caller: identity.Identity, id: str) -> Outcome:
    """The account, if it is the caller's to see; residents' accounts are nobody's."""
    found = app.direktori.get(id)
    if found is None or found.state["jenis"] == akun.WARGA:
        raise Problem("tidak-ditemukan")
    wewenang.require(caller, found.state["peran"], found.state["wilayah"])
    return found


def _note(app: App, actor: str, action: str, subject: str) -> None:
    app.audit.append(app.direktori.kota, actor=actor, action=action, subject=subject)
