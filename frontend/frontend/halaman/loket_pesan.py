"""What became of the messages to a case's resident, and sending one again, knowingly where it may have arrived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("loket_pesan", __name__)


@bp.get("/loket/permohonan/<uuid:id>/pesan")
@perlu(*sesi.LOKET)
def daftar(id: Any) -> Any:
    return _daftar(id, {})


@bp.post("/loket/permohonan/<uuid:id>/pesan")
@perlu(*sesi.LOKET)
def ulang(id: Any) -> Any:
    pesan = request.form.get("pesan", "")
    wanted = {"permohonan": str(id), "tetap_kirim": request.form.get("tetap_kirim") == "ya"}
    try:
        lakukan(f"/v1/pesan/{pesan}/kirim-ulang", wanted)
    except Masalah as error:
        if error.slug == "pesan-mungkin-sudah-sampai":
            said = "Tanyakan dulu kepada warga, lalu beri centang."
            return _daftar(id, {f"tetap-{pesan}": said}), error.status
        if error.status != 409:
            raise
        return _daftar(id, {f"ulang-{pesan}": error.pesan}), error.status
    return redirect(f"/loket/permohonan/{id}/pesan?sudah=kirim", 303)


def _daftar(id: Any, galat: Mapping[str, str]) -> str:
    try:
        rows = ambil("/v1/pesan/kiriman", permohonan=str(id))["kiriman"]
    except Masalah as error:
        if error.status != 404:
            raise
        rows = []  # nobody has been told anything of this case yet
    sudah = request.args.get("sudah", "")
    return render_template("loket/pesan.html", id=id, pesan=rows[::-1], galat=galat, sudah=sudah)
