"""POST /v1/saya/sandi: staff choose their own password; who made the account knows only the first one."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from chassis.causes import Cause
from gateway.akun import akun
from gateway.bootstrap import here
from gateway.masuk.konfirmasi import proven
from gateway.masuk.models import GantiSandi
from gateway.masuk.sandi import subject
from gateway.masuk.sesi import current, ended
from gateway.tries import owner_of
from web import identity
from web.problems import Problem

bp = APIBlueprint("ganti_sandi", __name__, tag="Masuk")


@bp.post("/v1/saya/sandi")
@bp.input(GantiSandi)
@bp.output({}, status_code=204)
@bp.doc(
    summary="Choose another password; every other session ends and remembered devices are forgotten",
    responses={
        401: "belum-masuk, sandi-salah, totp-salah, totp-wajib",
        403: "dilarang, totp-belum-dipasang",
        422: "isi-salah",
        429: "terlalu-sering",
    },
)
def change(json_data: GantiSandi) -> Any:
    caller, app = identity.caller(), here()
    proven(app, caller, json_data.lama, json_data.totp)
    if json_data.baru == json_data.lama:
        said = {"pointer": "/baru", "slug": "sandi-sama", "detail": "Sandi baru harus lain dari sandi lama."}
        raise Problem("isi-salah", errors=[said])
    app.audit.append(app.direktori.kota, actor=caller.sub, action="sandi.diganti", subject=caller.sub)
    fields = {"sandi": app.passwords.hash(json_data.baru)}
    cause = Cause.command(f"sandi:{app.direktori.store.moment().ids[0]}")
    app.direktori.change(caller.sub, akun.ubah(caller.sub, fields), cause)
    mine = current(app).id
    for other in [s.id for s in app.sessions.of(caller.sub) if s.id != mine]:
        ended(app, other)
    app.devices.forget(owner_of(subject(caller.sub)))
    return ""
