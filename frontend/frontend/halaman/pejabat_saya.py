"""What an official settles for himself: who stands in for him (R12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("pejabat_saya", __name__)


@bp.get("/wakil")
@perlu("lurah", "camat")
def wakil() -> Any:
    return _wakil({}, {})


@bp.post("/wakil")
@perlu("lurah", "camat")
def tunjuk() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("akun", "cara", "dasar")}
    for name in ("mulai", "sampai"):
        parts = [request.form.get(f"{name}-{p}", "").strip() for p in ("tahun", "bulan", "hari")]
        given[name] = "-".join(p.zfill(2) for p in parts)
    galat = {} if given["akun"] else {"akun": "Pilih siapa yang mewakili Anda."}
    if not galat:
        try:
            lakukan("/v1/delegasi", {**given, "peran": sesi.peran(), "kantor": _kantor()})
            return redirect("/wakil?sudah=wakil", 303)
        except Masalah as error:
            if error.status not in (403, 409, 422):
                raise
            galat = dict(error.galat) or {"_": error.pesan}
    return _wakil({**request.form, **given}, galat), 422


@bp.post("/wakil/<akun>/<id>/akhiri")
@perlu("lurah", "camat")
def selesai(akun: str, id: str) -> Any:
    gerbang().minta("DELETE", f"/v1/delegasi/{akun}/{id}", token=sesi.token())
    return redirect("/wakil?sudah=wakil", 303)


def _wakil(given: Any, galat: Any) -> str:
    own = (sesi.akun() or {}).get("akun")
    return render_template(
        "pejabat/wakil.html",
        daftar=ambil("/v1/delegasi", kantor=_kantor())["delegasi"],
        pejabat=[
            p for p in ambil("/v1/pejabat", kantor=_kantor())["pejabat"] if p["aktif"] and p["akun"] != own
        ],
        isian=given,
        sudah=request.args.get("sudah", ""),
        galat=galat,
    )


def _kantor() -> str:
    return str((sesi.akun() or {}).get("wilayah", [""])[0])
