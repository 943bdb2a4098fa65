"""Where I am signed in, for residents and officials alike; what is not mine is ended there (R12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.kosong import kosong
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("perangkat", __name__)


@bp.get("/perangkat")
@perlu()
def semua() -> Any:
    sudah = request.args.get("sudah", "")
    return render_template("masuk/perangkat.html", daftar=ambil("/v1/sesi")["sesi"], sudah=sudah)


@bp.get("/perangkat/sandi")
@perlu(*sesi.STAF)
def sandi() -> Any:
    return render_template("masuk/sandi.html", galat={})


@bp.post("/perangkat/sandi")
@perlu(*sesi.STAF)
def ganti_sandi() -> Any:
    """Staff choose their own; typed twice, as nobody sees it."""
    lama, baru, lagi = (request.form.get(name, "") for name in ("lama", "baru", "lagi"))
    galat = kosong({"lama": lama, "baru": baru}, {"lama": "Isi sandi lama.", "baru": "Isi sandi baru."})
    if baru and baru != lagi:
        galat["lagi"] = "Tidak sama dengan sandi baru. Ketik sekali lagi."
    if galat:
        return render_template("masuk/sandi.html", galat=galat), 422
    wanted = {"lama": lama, "baru": baru, "totp": request.form.get("totp", "").strip() or None}
    try:
        lakukan("/v1/saya/sandi", wanted)
    except Masalah as error:
        if error.status not in (401, 403, 422, 429) or error.slug == "belum-masuk":
            raise
        field = "totp" if error.slug.startswith("totp") else "lama"
        return render_template(
            "masuk/sandi.html", galat=dict(error.galat) or {field: error.pesan}
        ), error.status
    return redirect("/perangkat?sudah=sandi", 303)


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
