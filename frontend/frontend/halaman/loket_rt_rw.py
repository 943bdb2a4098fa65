"""The office's register of RT and RW heads, kept by counter and seklur (R9)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi, wilayah
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("loket_rt_rw", __name__)
PENCATAT = ("petugas_loket", "seklur")


@bp.get("/loket/rt-rw")
@perlu(*PENCATAT)
def daftar() -> Any:
    return _daftar({})


@bp.post("/loket/rt-rw")
@perlu(*PENCATAT)
def catat() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("rw", "rt", "nama", "telepon")}
    galat = {} if given["rw"].isdigit() else {"rw": "Tulis nomor RW dengan angka."}
    galat |= {} if given["nama"] else {"nama": "Tulis nama ketuanya."}
    if galat:
        return _daftar(galat), 422
    numbers = {name: given[name].zfill(3) if given[name] else "" for name in ("rw", "rt")}
    try:
        lakukan(f"/v1/kantor/{wilayah.kode()}/pengurus", {**given, **numbers})
    except Masalah as error:
        if error.status != 422:
            raise
        return _daftar(error.galat or {"_": error.pesan}), 422
    return redirect("/loket/rt-rw", 303)


@bp.post("/loket/rt-rw/<id>/hapus")
@perlu(*PENCATAT)
def hapus(id: str) -> Any:
    try:
        gerbang().minta("DELETE", f"/v1/kantor/{wilayah.kode()}/pengurus/{id}", token=sesi.token())
    except Masalah as error:
        if error.status != 404:  # somebody else was faster
            raise
    return redirect("/loket/rt-rw", 303)


def _daftar(galat: Any) -> str:
    found = ambil(f"/v1/kantor/{wilayah.kode()}/pengurus")["isi"]
    return render_template("loket/rt_rw.html", pengurus=found, isian=request.form, galat=galat)
