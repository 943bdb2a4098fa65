"""What RT and RW answer by a link, without an account; and the resident who asks for it (R9)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import gerbang, lakukan, perlu

bp = Blueprint("rt_rw", __name__)


@bp.after_request
def _private(answer: Response) -> Response:
    """The address is the secret."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/rt-rw/<tautan>")
def tanya(tautan: str) -> Any:
    return _tanya(tautan, {})


@bp.post("/rt-rw/<tautan>")
def jawab(tautan: str) -> Any:
    said = request.form.get("jawaban", "")
    if said not in ("benar", "bukan"):
        return _tanya(tautan, {"jawaban": "Pilih salah satu jawaban."}), 422
    done = lakukan("/v1/pengantar/jawab", {"tautan": tautan, "jawaban": said}).data
    return render_template("rt_rw/terima_kasih.html", tampilan=done["tampilan"])


@bp.post("/permohonan/<uuid:id>/pengantar")
@perlu(sesi.WARGA)
def minta(id: Any) -> Any:
    """Asks RT and RW, or takes the wish of a draft back; then to the papers, where it stands how it goes on."""
    return _minta(f"/v1/permohonan/{id}/pengantar", f"/permohonan/{id}/berkas#PENGANTAR_RT_RW")


@bp.post("/loket/permohonan/<uuid:id>/pengantar")
@perlu(*sesi.LOKET)
def minta_loket(id: Any) -> Any:
    """The same by a clerk, for somebody at the counter."""
    return _minta(f"/v1/permohonan/{id}/pengantar", f"/loket/permohonan/{id}#PENGANTAR_RT_RW")


def _minta(path: str, kembali: str) -> Any:
    lakukan(path, {"minta": request.form.get("minta", "ya") == "ya"})
    return redirect(kembali, 303)


def _tanya(tautan: str, galat: Any) -> Any:
    try:
        asked = gerbang().minta("POST", "/v1/pengantar/lihat", isi={"tautan": tautan}).data
    except Masalah as error:
        if error.status not in (404, 422):
            raise
        return render_template("rt_rw/tidak_berlaku.html"), 404
    return render_template("rt_rw/tanya.html", tanya=asked, galat=galat)
