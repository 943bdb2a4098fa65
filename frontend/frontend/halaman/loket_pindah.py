"""A misfiled case goes to the right kelurahan; its new receipt is printed from the page that answers (R7)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, lakukan, perlu

bp = Blueprint("loket_pindah", __name__)


@bp.get("/loket/permohonan/<uuid:id>/pindah")
@perlu(*sesi.LOKET)
def tanya(id: Any) -> Any:
    return _tanya(ambil(f"/v1/permohonan/{id}"), "", {})


@bp.post("/loket/permohonan/<uuid:id>/pindah")
@perlu(*sesi.LOKET)
def pindah(id: Any) -> Any:
    tujuan = request.form.get("kantor", "")
    galat = {} if tujuan else {"kantor": "Pilih kelurahan yang benar."}
    if not galat and not request.form.get("yakin"):
        galat = {"yakin": "Cocokkan dulu alamatnya, lalu beri centang."}
    if galat:
        return _tanya(ambil(f"/v1/permohonan/{id}"), tujuan, galat), 422
    try:
        moved = lakukan(f"/v1/permohonan/{id}/pindah", {"kantor": tujuan}).data
    except Masalah as error:
        if error.status not in (409, 422):
            raise
        return _tanya(ambil(f"/v1/permohonan/{id}"), tujuan, {"kantor": error.pesan}), error.status
    return render_template("loket/dipindah.html", kasus=moved, ke=moved["pindah_ke"])


def _tanya(case: Any, tujuan: str, galat: Mapping[str, str]) -> str:
    """Where to: every working kelurahan but this one, by kecamatan."""
    offices = [
        k
        for k in ambil("/v1/kantor")["isi"]
        if k["tingkat"] == "kelurahan" and k["status"] == "aktif" and k["kode"] != case["kantor"]["kode"]
    ]
    offices.sort(key=lambda k: (k["kota"], k["kecamatan_nama"], k["nama"]))
    groups = [(name, list(of)) for name, of in groupby(offices, key=lambda k: k["kecamatan_nama"])]
    return render_template("loket/pindah.html", kasus=case, kecamatan=groups, tujuan=tujuan, galat=galat)
