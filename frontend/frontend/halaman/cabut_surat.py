"""The lurah revokes a letter in force: he sees it, says why and confirms; its number stays (R18)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend.gerbang import Masalah
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("cabut_surat", __name__)


@bp.get("/arsip/<uuid:id>/cabut")
@perlu("lurah")
def cabut(id: Any) -> Any:
    return _cabut(id, {})


@bp.post("/arsip/<uuid:id>/cabut")
@perlu("lurah")
def dicabut(id: Any) -> Any:
    alasan, galat = request.form.get("alasan", ""), {}
    if not alasan:
        galat["alasan"] = "Pilih mengapa surat ini dicabut."
    if not request.form.get("yakin"):
        galat["yakin"] = "Beri centang bila Anda yakin."
    if galat:
        return _cabut(id, galat), 422
    try:
        letter = lakukan(f"/v1/surat/{id}/cabut", {"alasan": alasan}).data
    except Masalah as error:
        if error.status != 409:
            raise
        return _cabut(id, {"_": error.pesan}), 409
    return redirect(f"/arsip?nomor={letter['nomor'][0]['nomor']}&sudah=cabut", 303)


def _cabut(id: Any, galat: Any) -> str:
    return render_template(
        "pejabat/cabut.html",
        surat=ambil(f"/v1/surat/{id}"),
        alasan=request.form.get("alasan", ""),
        galat=galat,
    )
