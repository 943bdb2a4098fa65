"""Residents without phone or e-mail: the account number of the slip and a PIN of six digits of their own (R1)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from gateway.akun import nomor
from gateway.bootstrap import here
from gateway.masuk import sesi
from gateway.masuk.models import Pin, Sesi
from gateway.masuk.warga import remembered
from gateway.tries import Rule
from web.problems import Problem

bp = APIBlueprint("pin", __name__, tag="Masuk")
RULE = Rule(kind="pin", client=5, strangers=20, seconds=3600)


def subject(number: str) -> str:
    """What tries and devices of an account number are kept under."""
    return f"nomor.{number}"


@bp.post("/v1/masuk/warga/pin")
@bp.input(Pin)
@bp.output(Sesi)
@bp.doc(
    summary="Sign in with account number and PIN",
    responses={401: "pin-salah", 403: "akun-nonaktif", 422: "isi-salah", 429: "terlalu-sering"},
)
def sign_in(json_data: Pin) -> Any:
    app, number = here(), nomor.read(json_data.nomor)
    attempt = app.tries.begin(RULE, subject(number), json_data.perangkat)
    found = app.direktori.numbered(number)
    stored = found.state.get("pin") if found is not None else None
    if not app.passwords.fits(stored, json_data.pin) or found is None:
        attempt.failed()
        raise Problem("pin-salah")
    if not found.state["aktif"]:
        raise Problem("akun-nonaktif")
    attempt.passed()
    kept = remembered(app, subject(number), json_data.ingat_perangkat, "pin")
    return sesi.begin(app, found, app.settings.session_resident, kept)
