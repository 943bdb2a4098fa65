"""The authenticator app of whoever signs: shown once, installed by the first right code at the sign-in (R12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from frontend.gerbang import Masalah
from frontend.kosong import kosong
from frontend.pintu import gerbang

bp = Blueprint("faktor", __name__)


@bp.get("/masuk/petugas/aplikasi")
def tanya() -> Any:
    return render_template("masuk/aplikasi.html", baru=None, isian={}, galat={})


@bp.post("/masuk/petugas/aplikasi")
def pasang() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("akun", "sandi")}
    isian = {"akun": given["akun"]}
    if galat := kosong(given, {"akun": "Isi nama akun.", "sandi": "Isi sandi."}):
        return render_template("masuk/aplikasi.html", baru=None, isian=isian, galat=galat), 422
    try:
        made = gerbang().minta("POST", "/v1/masuk/petugas/totp", isi=given).data
    except Masalah as error:
        if error.status not in (401, 403, 409, 422):
            raise
        galat = dict(error.galat) or {"sandi": error.pesan}
        return render_template("masuk/aplikasi.html", baru=None, isian=isian, galat=galat), error.status
    return render_template("masuk/aplikasi.html", baru=made, isian=isian, galat={})
