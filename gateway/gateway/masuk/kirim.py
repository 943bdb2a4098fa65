"""Handing a one-time code to notifikasi: asked at most once, never logged; a code that reached nobody is none."""

from __future__ import annotations

import json

from chassis import trace
from gateway.akun.kontak import Kontak
from gateway.bootstrap import App
from gateway.masuk.kode import MINUTES
from web.identity import AUDIENCE
from web.problems import Problem


def send(app: App, contact: Kontak) -> str:
    """The request that goes with the code now on its way. Raises `Problem` if no channel took it."""
    permintaan, code = app.codes.ask(contact)
    try:
        _deliver(app, contact, code)
    except Problem:
        app.codes.withdraw(permintaan)
        raise
    return permintaan


def _deliver(app: App, contact: Kontak, code: str) -> None:
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
