"""Who stands in for a signer: settled by himself, or by the kecamatan for a lurah whom nobody reaches (R12)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi, wilayah
from frontend.gerbang import Masalah
from frontend.pintu import ambil, gerbang, lakukan, perlu

bp = Blueprint("pejabat_saya", __name__)
ATASAN = "admin_kecamatan"  # enters a Plh. of a lurah, no other kind


@bp.get("/wakil")
@perlu("lurah", "camat", ATASAN)
def wakil() -> Any:
    return _wakil({}, {})


@bp.post("/wakil")
@perlu("lurah", "camat", ATASAN)
def tunjuk() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("akun", "cara", "dasar")}
    for name in ("mulai", "sampai"):
        parts = [request.form.get(f"{name}-{p}", "").strip() for p in ("tahun", "bulan", "hari")]
        given[name] = "-".join(p.zfill(2) for p in parts)
    galat = {} if given["akun"] else {"akun": "Pilih pejabat yang mewakili."}
    if not galat:
        post = {"peran": "lurah", "cara": "plh"} if _atasan() else {"peran": sesi.peran()}
        try:
            lakukan("/v1/delegasi", {**given, **post, "kantor": _kantor()})
            return _kembali("wakil")
        except Masalah as error:
            if error.status not in (403, 409, 422):
                raise
            galat = dict(error.galat) or {"_": error.pesan}
    return _wakil({**request.form, **given}, galat), 422


@bp.post("/wakil/<akun>/<id>/akhiri")
@perlu("lurah", "camat", ATASAN)
def selesai(akun: str, id: str) -> Any:
    gerbang().minta("DELETE", f"/v1/delegasi/{akun}/{id}", token=sesi.token())
    return _kembali("akhiri")


def _wakil(given: Any, galat: Any) -> str:
    own, kantor = (sesi.akun() or {}).get("akun"), _kantor()
    here = ambil("/v1/pejabat", kantor=kantor)["pejabat"]
    return render_template(
        "pejabat/wakil.html",
        daftar=ambil("/v1/delegasi", kantor=kantor)["delegasi"],
        pejabat=[p for p in here if p["aktif"] and p["akun"] != own and not _dia(p)],
        lurah=_atasan(),
        kantor=kantor,
        pilihan=[(k["kode"], wilayah.sebutan(k)) for k in wilayah.kantor(kelurahan=True)]
        if _atasan()
        else [],
        isian=given,
        sudah=request.args.get("sudah", ""),
        galat=galat,
    )


def _atasan() -> bool:
    return sesi.peran() == ATASAN


def _dia(pejabat: Any) -> bool:
    """The one who is to be stood in for cannot do it himself."""
    return _atasan() and pejabat["peran"] == "lurah"


def _kantor() -> str:
    return str(wilayah.terpilih(wilayah.kantor(kelurahan=True))["kode"]) if _atasan() else wilayah.kode()


def _kembali(sudah: str) -> Any:
    place = f"kantor={_kantor()}&" if _atasan() else ""
    return redirect(f"/wakil?{place}sudah={sudah}", 303)
