"""POST /v1/masuk/konfirmasi: the password or a code again, bound to the ids that are about to be decided."""

from __future__ import annotations

import hashlib
from typing import Any

from apiflask import APIBlueprint

from gateway.bootstrap import App, here
from gateway.masuk import faktor
from gateway.masuk.models import Konfirmasi, Konfirmasikan
from gateway.masuk.sandi import fitting
from gateway.masuk.sesi import current
from web import identity
from web.identity import Identity
from web.problems import Problem

bp = APIBlueprint("konfirmasi", __name__, tag="Masuk")
AUDIENCES, SECONDS = {"tugas": "persetujuan", "surat": "dokumen"}, 300
_TRIED = {"most": 10, "seconds": 900}  # of one session: no stranger has it


@bp.post("/v1/masuk/konfirmasi")
@bp.input(Konfirmasi)
@bp.output(Konfirmasikan)
@bp.doc(
    summary="Confirm with the password, or a code of the authenticator app, before deciding",
    responses={
        401: "belum-masuk, sandi-salah, totp-salah, totp-wajib",
        403: "dilarang, totp-belum-dipasang",
        429: "terlalu-sering",
    },
)
def confirm(json_data: Konfirmasi) -> Any:
    caller, app = identity.caller(), here()
    proven(app, caller, json_data.sandi, json_data.totp)
    ids = identity.bound(json_data.ids)
    app.audit.append(app.direktori.kota, actor=caller.sub, action="konfirmasi", subject=ids)
    token = app.signer.sign(
        AUDIENCES[json_data.untuk], SECONDS, jenis="konfirmasi", sub=caller.sub, ids_hash=ids
    )
    return {"konfirmasi": token, "berlaku_detik": SECONDS}


def proven(app: App, caller: Identity, sandi: str | None, totp: str | None) -> None:
    """It is he who signed in, and one of staff. Raises `dilarang`, or what sign-in raises."""
    if caller.peran in ("warga", "sistem"):
        raise Problem("dilarang")
    key = hashlib.sha256(f"{caller.sub}\n{caller.klaim.get('sid', '')}".encode()).hexdigest()[:32]
    app.limits.take("konfirmasi", key, **_TRIED)
    account, session = app.direktori.get(caller.sub), current(app)
    if account is None:
        raise Problem("belum-masuk")
    if sandi is not None and fitting(app, caller.sub, sandi) is None:
        raise Problem("sandi-salah")
    # Who stands in for a signer since a moment ago may have signed in with his password alone (R12).
    if sandi is None or (not session.faktor and app.wajib(account.id, account.state)):
        faktor.require(app, account, totp)
        app.sessions.proven(session.id)
    app.limits.clear("konfirmasi", key)
