"""An own signature: letters that wait for it, one passphrase, each outcome told; and the passphrase itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("pejabat_tanda", __name__)


@bp.get("/tanda-tangan")
@perlu(*sesi.PEJABAT)
def daftar() -> Any:
    return _daftar({})


@bp.post("/tanda-tangan")
@perlu(*sesi.PEJABAT)
def tanda_tangani() -> Any:
    ids = request.form.getlist("pilih")
    if not ids:
        return _daftar({"_": "Centang surat yang akan ditandatangani."}), 422
    names = {s["id"]: s for s in ambil("/v1/surat/tanda-tangan")["surat"]}
    try:
        done = lakukan("/v1/surat/tanda-tangan", {"ids": ids, "frasa": request.form.get("frasa", "")}).data
    except Masalah as error:
        if error.status not in (403, 422, 429):
            raise
        return _daftar({"frasa": error.pesan}), error.status
    return render_template("pejabat/hasil_tanda.html", hasil=done, nama=names)


@bp.post("/tanda-tangan/frasa")
@perlu(*sesi.PEJABAT)
def frasa() -> Any:
    given = {name: request.form.get(name, "") for name in ("lama", "baru")}
    try:
        lakukan("/v1/surat/sertifikat/frasa", given)
    except Masalah as error:
        if error.status not in (403, 422, 429):
            raise
        return _daftar({"lama": next(iter(error.galat.values()), error.pesan)}), error.status
    return redirect("/tanda-tangan?sudah=frasa", 303)


def _daftar(galat: Any) -> str:
    return render_template(
        "pejabat/tanda.html",
        surat=ambil("/v1/surat/tanda-tangan")["surat"],
        sertifikat=ambil("/v1/surat/sertifikat"),
        pilih=request.form.getlist("pilih"),
        sudah=request.args.get("sudah", ""),
        galat=galat,
    )
