"""Staff: account and password. What is answered never says which of the two was wrong."""

from __future__ import annotations

import hashlib
from typing import Any

from apiflask import APIBlueprint

from chassis.aggregate import Outcome
from gateway.akun import akun
from gateway.bootstrap import App, here
from gateway.masuk import sesi
from gateway.masuk.models import Sandi, Sesi
from web.problems import Problem

bp = APIBlueprint("petugas", __name__, tag="Masuk")
TRIED = {"most": 10, "seconds": 900}  # wrong passwords of one account


@bp.post("/v1/masuk/petugas")
@bp.input(Sandi)
@bp.output(Sesi)
@bp.doc(
    summary="Sign in as staff", responses={401: "sandi-salah", 403: "akun-nonaktif", 429: "terlalu-sering"}
)
def sign_in(json_data: Sandi) -> Any:
    app = here()
    account = proven(app, json_data.akun, json_data.sandi)
    if not account.state["aktif"]:
        raise Problem("akun-nonaktif")
    return sesi.begin(app, account, app.settings.session_staff)


def proven(app: App, id: str, password: str) -> Outcome:
    """The staff account whose password this is. Raises `sandi-salah`, `terlalu-sering`; unknown accounts alike."""
    key = hashlib.sha256(id.encode()).hexdigest()[:32]
    app.limits.take("sandi", key, **TRIED)
    found = app.direktori.get(id)
    known = found is not None and found.state["jenis"] == akun.PETUGAS
    stored = found.state["sandi"] if found is not None and known else None
    if not app.passwords.fits(stored, password) or found is None:
        raise Problem("sandi-salah")
    app.limits.clear("sandi", key)
    return found
