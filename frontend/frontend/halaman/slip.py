"""The slip from the counter, going on as somebody of the family, and what to do when a receipt is lost."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.kosong import kosong
from frontend.pintu import gerbang, perlu

bp = Blueprint("slip", __name__)


@bp.get("/aktivasi")
def tanya() -> Any:
    """The QR code of the slip leads here; number and code stand after the #, which no server sees."""
    return render_template("masuk/aktivasi.html", isian={}, galat={})


@bp.post("/aktivasi")
def pakai() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("nomor", "kode", "pin")}
    galat = kosong(given, {"nomor": "Isi nomor akun di slip.", "kode": "Isi kode di slip."})
    if given["pin"] != request.form.get("pin2", "").strip():
        galat["pin"] = "Kedua PIN tidak sama. Ketik lagi."
    if not galat:
        try:
            asked = {name: value for name, value in given.items() if value}
            opened = gerbang().minta("POST", "/v1/warga/aktivasi", token=sesi.token(), isi=asked).data
        except Masalah as error:
            if error.status not in (401, 403, 409, 422):
                raise
            galat = dict(error.galat) or {"kode": error.pesan}
        else:
            sesi.masuk(opened)
            return redirect(sesi.rumah(), 303)
    return render_template("masuk/aktivasi.html", isian=given, galat=galat), 422


@bp.post("/masuk/ganti")
@perlu(sesi.WARGA)
def ganti() -> Any:
    """Go on as another person whom the same contact serves."""
    wanted = {"akun": request.form.get("akun", "")}
    sesi.masuk(gerbang().minta("POST", "/v1/sesi/ganti", token=sesi.token(), isi=wanted).data)
    return redirect("/kasus", 303)


@bp.get("/masuk/kirim-ulang")
def resi_hilang() -> Any:
    return render_template("masuk/kirim_ulang.html", nilai="", janji="", galat={})


@bp.post("/masuk/kirim-ulang")
def kirim_ulang() -> Any:
    """The answer is the same whether or not there are cases."""
    nilai = request.form.get("nilai", "").strip()
    if galat := kosong({"nilai": nilai}, {"nilai": "Isi nomor HP atau email Anda."}):
        return render_template("masuk/kirim_ulang.html", nilai="", janji="", galat=galat), 422
    asked = {"jenis": "email" if "@" in nilai else "telepon", "nilai": nilai}
    try:
        told = gerbang().minta("POST", "/v1/masuk/kirim-ulang", isi=asked).data
    except Masalah as error:
        if error.status != 422:
            raise
        galat = {"nilai": next(iter(error.galat.values()), error.pesan)}
        return render_template("masuk/kirim_ulang.html", nilai=nilai, janji="", galat=galat), 422
    return render_template("masuk/kirim_ulang.html", nilai="", janji=told["keterangan"], galat={})
