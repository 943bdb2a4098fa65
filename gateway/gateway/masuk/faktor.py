"""The second factor of staff: mandatory for whoever signs (R12), asked at sign-in, spared on a registered device."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import segno
from apiflask import APIBlueprint

from chassis.aggregate import Outcome
from chassis.causes import Cause
from gateway.akun import akun
from gateway.bootstrap import App, here
from gateway.masuk import totp
from gateway.masuk.models import Faktor, FaktorBaru
from gateway.masuk.sandi import proven
from web.problems import Problem

bp = APIBlueprint("faktor", __name__, tag="Masuk")
_WRONG = {
    "most": 10,
    "seconds": 3600,
}  # wrong codes after a right password: only who has the password gets here


def require(app: App, account: Outcome, given: str | None) -> None:
    """Raises `totp-belum-dipasang`, `totp-wajib`, `totp-salah` or `terlalu-sering`. A first right code installs."""
    kept: Mapping[str, Any] | None = account.state.get("totp")
    if kept is None:
        raise Problem("totp-belum-dipasang")
    if given is None:
        raise Problem("totp-wajib")
    key = hashlib.sha256(account.id.encode()).hexdigest()[:32]
    app.limits.take("totp", key, **_WRONG)
    secret = app.safe.open(account.id, kept["rahasia"])
    step = totp.step_of(secret, given, app.clock.real().timestamp())
    if step is None or not app.limits.once("langkah", f"{key}.{step}", seconds=3 * totp.STEP):
        raise Problem("totp-salah")
    app.limits.clear("totp", key)
    if not kept["aktif"]:
        _store(app, account.id, {**kept, "aktif": True}, "totp.dipasang")


@bp.post("/v1/masuk/petugas/totp")
@bp.input(FaktorBaru)
@bp.output(Faktor)
@bp.doc(
    summary="A new authenticator secret for an account that has none; the first right code at sign-in installs it",
    responses={401: "sandi-salah", 403: "akun-nonaktif", 409: "totp-sudah-dipasang", 429: "terlalu-sering"},
)
def enrol(json_data: FaktorBaru) -> Any:
    app = here()
    account, attempt = proven(app, json_data.akun, json_data.sandi, None)
    if not account.state["aktif"]:
        raise Problem("akun-nonaktif")
    if (account.state.get("totp") or {}).get("aktif"):
        raise Problem("totp-sudah-dipasang")
    attempt.passed()
    secret = totp.new()
    _store(app, account.id, {"rahasia": app.safe.lock(account.id, secret), "aktif": False}, "totp.dibuat")
    uri = totp.uri(secret, account.id)
    return {"rahasia": secret, "uri": uri, "qr_svg": segno.make(uri, error="m").svg_inline(scale=4)}


def _store(app: App, id: str, kept: Mapping[str, Any], action: str) -> None:
    app.audit.append(app.direktori.kota, actor=id, action=action, subject=id)
    cause = Cause.command(f"totp:{app.direktori.store.moment().ids[0]}")
    app.direktori.change(id, akun.ubah(id, {"totp": dict(kept)}), cause)
