"""My cases: where each stands in one sentence, what is owed, the letter when it is there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, stream_with_context

from frontend import sesi
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("kasus", __name__)


@bp.get("/kasus")
@perlu(sesi.WARGA)
def semua() -> Any:
    return render_template("kasus/semua.html", kasus=ambil("/v1/permohonan")["isi"])


@bp.get("/permohonan/<uuid:id>")
@perlu(sesi.WARGA)
def satu(id: Any) -> Any:
    case = ambil(f"/v1/permohonan/{id}")
    if case["status"] == "draf":
        return redirect(f"/permohonan/{id}/isi/1", 303)
    letters = ambil("/v1/surat", permohonan=str(id)).get("surat", []) if case["surat"] else []
    return render_template("kasus/satu.html", kasus=case, surat=letters)


@bp.post("/permohonan/<uuid:id>/batal")
@perlu(sesi.WARGA)
def batal(id: Any) -> Any:
    lakukan(f"/v1/permohonan/{id}/batal", {})
    return redirect(f"/permohonan/{id}", 303)


@bp.post("/permohonan/<uuid:id>/salin")
@perlu(sesi.WARGA)
def salin(id: Any) -> Any:
    again = lakukan(f"/v1/permohonan/{id}/salin", {}).data
    return redirect(f"/permohonan/{again['id']}/isi/1", 303)


@bp.get("/surat/<uuid:id>/pdf")
@perlu()
def surat(id: Any) -> Response:
    answer, pieces = gerbang().alirkan(f"/v1/surat/{id}/pdf", token=sesi.token())
    headers = {
        name: answer.headers[name]
        for name in ("Content-Disposition", "Content-Length")
        if name in answer.headers
    }
    return Response(stream_with_context(iter(pieces)), headers=headers, mimetype="application/pdf")


@bp.get("/pesan")
@perlu()
def pesan() -> Any:
    return render_template("kasus/pesan.html", pesan=ambil("/v1/pesan")["pesan"])
