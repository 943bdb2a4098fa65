"""Staff: account and password, for signers a second factor; never said which of the first two was wrong."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from gateway.bootstrap import here
from gateway.masuk import faktor, sesi
from gateway.masuk.models import Sandi, Sesi
from gateway.masuk.sandi import proven
from web.problems import Problem

bp = APIBlueprint("petugas", __name__, tag="Masuk")


@bp.post("/v1/masuk/petugas")
@bp.input(Sandi)
@bp.output(Sesi)
@bp.doc(
    summary="Sign in as staff; who signs letters also gives the code of an authenticator app",
    responses={
        401: "sandi-salah, totp-wajib, totp-salah",
        403: "akun-nonaktif, totp-belum-dipasang",
        429: "terlalu-sering",
    },
)
def sign_in(json_data: Sandi) -> Any:
    app = here()
    account, attempt = proven(app, json_data.akun, json_data.sandi, json_data.perangkat)
    if not account.state["aktif"]:
        raise Problem("akun-nonaktif")
    device = attempt.device
    registered = device is not None and bool(device.nama)
    second = registered and device is not None and device.faktor
    offered = json_data.totp is not None and account.state.get("totp") is not None
    if not second and (offered or app.wajib(account.id, account.state)):
        try:
            faktor.require(app, account, json_data.totp)
        except Problem as refused:
            if refused.slug == "totp-salah":
                attempt.failed()
            raise
        second = True
    attempt.passed()
    seconds = app.settings.session_device if registered else app.settings.session_staff
    kept = sesi.Kept(lewat="sandi", nama=device.nama if device else "", faktor=second)
    if json_data.ingat_perangkat and not registered:
        seconds = app.settings.session_device
        kept = sesi.registered(app, account.id, json_data.ingat_perangkat, seconds, faktor=second)
    return sesi.begin(app, account, seconds, kept)
