"""Residents: a contact, a code to it, a session (R1, level "kontak"). Known and unknown contacts are treated alike."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from gateway.akun import kontak
from gateway.bootstrap import App, here
from gateway.masuk import kirim, sesi
from gateway.masuk.kode import MINUTES
from gateway.masuk.models import Kode, Kontak, Permintaan, Sesi
from gateway.masuk.sesi import Kept
from gateway.tries import Rule, owner_of
from web.problems import Problem

bp = APIBlueprint("warga", __name__, tag="Masuk")
ASKED = Rule(kind="kode", client=5, strangers=10, seconds=3600)  # codes to one contact
_REMEMBERED = 90 * 86400  # seconds that a resident's device has tries of its own


@bp.post("/v1/masuk/warga")
@bp.input(Kontak)
@bp.output(Permintaan, status_code=202)
@bp.doc(
    summary="Ask for a sign-in code",
    responses={422: "isi-salah", 429: "terlalu-sering", 503: "layanan-tidak-tersedia"},
)
def ask(json_data: Kontak) -> Any:
    app = here()
    contact = kontak.parse(json_data.jenis, json_data.nilai)
    app.tries.begin(ASKED, subject(app, contact), json_data.perangkat)
    return {"permintaan": kirim.send(app, contact), "berlaku_menit": MINUTES}


@bp.post("/v1/masuk/warga/kode")
@bp.input(Kode)
@bp.output(Sesi)
@bp.doc(
    summary="Sign in with the code",
    responses={401: "kode-masuk-salah", 403: "akun-nonaktif", 422: "isi-salah"},
)
def use(json_data: Kode) -> Any:
    app = here()
    contact = app.codes.use(json_data.permintaan, json_data.kode)
    account = app.direktori.resident(contact, json_data.permintaan)
    if not account.state["aktif"]:
        raise Problem("akun-nonaktif")
    whose = subject(app, contact)
    app.tries.know(whose)
    kept = remembered(app, whose, json_data.ingat_perangkat, "kontak")
    return sesi.begin(app, account, app.settings.session_resident, kept)


def subject(app: App, contact: kontak.Kontak) -> str:
    """What tries and devices of a contact are kept under."""
    return f"kontak.{app.direktori.fingerprint(contact)}"


def remembered(app: App, whose: str, nama: str | None, lewat: str) -> Kept:
    """How the session was opened, and the token of a device that is to be remembered."""
    token = app.devices.remember(owner_of(whose), nama, _REMEMBERED) if nama else None
    return Kept(lewat=lewat, nama=nama or "", token=token)
