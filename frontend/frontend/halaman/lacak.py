"""Tracking with the receipt, without an account: never a name, a NIK or a paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from frontend.gerbang import Masalah
from frontend.kosong import kosong
from frontend.pintu import gerbang

bp = Blueprint("lacak", __name__)


@bp.get("/lacak")
def tanya() -> Any:
    isian = {"nomor_resi": request.args.get("resi", "")}
    return render_template("lacak/tanya.html", isian=isian, galat={})


@bp.post("/lacak")
def jawab() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("nomor_resi", "rahasia")}
    if galat := kosong(
        given, {"nomor_resi": "Isi nomor resi.", "rahasia": "Isi kode rahasia di tanda terima."}
    ):
        return render_template("lacak/tanya.html", isian=given, galat=galat), 422
    try:
        found = gerbang().minta("POST", "/v1/lacak", isi=given).data
    except Masalah as error:
        if error.status not in (404, 422):
            raise
        said = error.galat or {
            "nomor_resi": "Nomor resi atau kode rahasia tidak cocok. Periksa lagi di tanda terima."
        }
        return render_template("lacak/tanya.html", isian=given, galat=said), error.status
    return render_template("lacak/jawab.html", jejak=found)
