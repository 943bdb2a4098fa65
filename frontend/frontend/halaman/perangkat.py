"""Where I am signed in, for residents and officials alike; what is not mine is ended there (R12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, perlu

bp = Blueprint("perangkat", __name__)


@bp.get("/perangkat")
@perlu()
def semua() -> Any:
    sudah = request.args.get("sudah", "")
    return render_template("masuk/perangkat.html", daftar=ambil("/v1/sesi")["sesi"], sudah=sudah)


@bp.get("/petugas")
@perlu()
def tanpa_halaman() -> Any:
    """Home of an account that works through other systems; anybody else has a better one."""
    own = sesi.rumah()
    return render_template("pejabat/tanpa_halaman.html") if own == "/petugas" else redirect(own, 303)


@bp.post("/perangkat/<id>/akhiri")
@perlu()
def akhiri(id: str) -> Any:
    _end(id)
    return redirect("/perangkat?sudah=akhiri", 303)


@bp.post("/perangkat/lain/akhiri")
@perlu()
def akhiri_lain() -> Any:
    """All but this one."""
    for each in ambil("/v1/sesi")["sesi"]:
        if not each["sekarang"]:
            _end(each["id"])
    return redirect("/perangkat?sudah=akhiri", 303)


def _end(id: str) -> None:
    try:
        gerbang().minta("DELETE", f"/v1/sesi/{id}", token=sesi.token())
    except Masalah as error:
        if error.status != 404:  # over by itself
            raise
