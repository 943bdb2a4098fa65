"""POST /v1/masuk/konfirmasi: the password again, bound to the ids that are about to be decided."""

from __future__ import annotations

import hashlib
from typing import Any

from apiflask import APIBlueprint

from gateway.bootstrap import here
from gateway.masuk.models import Konfirmasi, Konfirmasikan
from gateway.masuk.petugas import proven
from web import identity
from web.problems import Problem

bp = APIBlueprint("konfirmasi", __name__, tag="Masuk")
AUDIENCE, SECONDS = "persetujuan", 300


@bp.post("/v1/masuk/konfirmasi")
@bp.input(Konfirmasi)
@bp.output(Konfirmasikan)
@bp.doc(
    summary="Confirm with the password before deciding",
    responses={401: "belum-masuk, sandi-salah", 403: "dilarang", 429: "terlalu-sering"},
)
def confirm(json_data: Konfirmasi) -> Any:
    caller, app = identity.caller(), here()
    if caller.peran in ("warga", "sistem"):
        raise Problem("dilarang")
    proven(app, caller.sub, json_data.sandi)
    ids = hashlib.sha256("\n".join(sorted(json_data.ids)).encode()).hexdigest()
    app.audit.append(app.direktori.kota, actor=caller.sub, action="konfirmasi", subject=ids)
    token = app.signer.sign(AUDIENCE, SECONDS, jenis="konfirmasi", sub=caller.sub, ids_hash=ids)
    return {"konfirmasi": token, "berlaku_detik": SECONDS}
