"""Residents: a contact, a code to it, a session (R1, level "kontak"). Known and unknown contacts are treated alike."""

from __future__ import annotations

import json
from typing import Any

from apiflask import APIBlueprint

from chassis import trace
from gateway.akun import kontak
from gateway.bootstrap import App, here
from gateway.masuk import sesi
from gateway.masuk.kode import MINUTES
from gateway.masuk.models import Kode, Kontak, Permintaan, Sesi
from web.identity import AUDIENCE
from web.problems import Problem

bp = APIBlueprint("warga", __name__, tag="Masuk")
ASKED = {"most": 5, "seconds": 3600}  # codes to one contact


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
    app.limits.take("kode", app.direktori.fingerprint(contact), **ASKED)
    permintaan, code = app.codes.ask(contact)
    try:
        _deliver(app, contact, code)
    except Problem:
        app.codes.withdraw(permintaan)
        raise
    return {"permintaan": permintaan, "berlaku_menit": MINUTES}


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
    return sesi.begin(app, account, app.settings.session_resident)


def _deliver(app: App, contact: kontak.Kontak, code: str) -> None:
    """Hand the code to notifikasi: asked at most once, never logged. Raises `Problem` if it was not taken."""
    token = app.signer.sign(AUDIENCE, 60, sub="gateway", peran="sistem", jenis="kode")
    body = {"jenis": contact.jenis, "tujuan": contact.nilai, "kode": code, "berlaku_menit": MINUTES}
    headers = {
        "authorization": f"Bearer {token}",
        "content-type": "application/json",
        "traceparent": trace.current(),
    }
    sent = json.dumps(body).encode()
    headers["content-length"] = str(len(sent))
    response = app.upstreams["notifikasi"].send("POST", "/v1/kode", headers, sent)
    response.drain_conn()
    response.release_conn()
    if response.status >= 300:
        raise Problem("layanan-tidak-tersedia", headers={"Retry-After": "5"})
