"""The office itself: its book of numbers, and being closed (R13, R20)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from frontend import sesi, wilayah
from frontend.gerbang import Masalah
from frontend.pintu import ambil, lakukan, lihat, perlu, ubah
from frontend.waktu import tahun_ini

bp = Blueprint("loket_kantor", __name__)
PENGELOLA = ("admin_kantor", "admin_kecamatan")  # who keep a book beside the counter
ADMIN = ("admin_kantor", "admin_kecamatan", "operator")


@bp.get("/loket/agenda")
@perlu(*sesi.LOKET, *sesi.PEJABAT, *PENGELOLA)
def agenda() -> Any:
    return _agenda({})


@bp.post("/loket/agenda/pesan")
@perlu(*sesi.LOKET, "admin_kantor", "admin_kecamatan")
def pesan() -> Any:
    """Numbers for letters made outside the system."""
    given = {name: request.form.get(name, "").strip() for name in ("alasan", "klasifikasi", "keterangan")}
    typed = request.form.get("jumlah", "1").strip()
    if not typed.isdigit():
        return _agenda({"jumlah": "Tulis jumlah nomor dengan angka."}), 422
    wanted = {**given, "klasifikasi": given["klasifikasi"] or None, "jumlah": int(typed)}
    return _catat(f"/v1/agenda/{wilayah.kode()}/pesan", wanted)


@bp.post("/loket/agenda/<int:tahun>/<seri>/<int:urut>/catat")
@perlu(*sesi.LOKET, "admin_kantor", "admin_kecamatan")
def catat(tahun: int, seri: str, urut: int) -> Any:
    names = ("klasifikasi", "perihal", "kepada")
    given = {name: request.form.get(name, "").strip() for name in names}
    parts = [request.form.get(f"tanggal-{p}", "").strip() for p in ("tahun", "bulan", "hari")]
    given["tanggal"] = "-".join(p.zfill(2) for p in parts)
    return _catat(f"/v1/agenda/{wilayah.kode()}/{tahun}/{seri}/{urut}/catat", given)


@bp.post("/loket/agenda/<int:tahun>/<seri>/<int:urut>/batal")
@perlu(*sesi.LOKET, "admin_kantor", "admin_kecamatan")
def batal(tahun: int, seri: str, urut: int) -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("alasan", "keterangan")}
    return _catat(f"/v1/agenda/{wilayah.kode()}/{tahun}/{seri}/{urut}/batal", given)


@bp.get("/loket/kantor")
@perlu(*sesi.LOKET, *ADMIN)
def kantor() -> Any:
    return _kantor({})


@bp.post("/loket/kantor")
@perlu(*ADMIN)
def tutup() -> Any:
    """Closed from one day to another, with the reason that residents read; or open again."""
    kode = wilayah.terpilih(wilayah.kantor())["kode"]
    shut: dict[str, str] | None = None
    if request.form.get("buka") is None:
        shut = {"alasan": request.form.get("alasan", "").strip()}
        for name in ("dari", "sampai"):
            parts = [request.form.get(f"{name}-{p}", "").strip() for p in ("tahun", "bulan", "hari")]
            shut[name] = "-".join(p.zfill(2) for p in parts)
    try:
        ubah(f"/v1/kantor/{kode}", {"tutup": shut}, lihat(f"/v1/kantor/{kode}").etag)
    except Masalah as error:
        if error.status not in (409, 422):
            raise
        return _kantor({"_": next(iter(error.galat.values()), error.pesan)}), error.status
    return redirect(f"/loket/kantor?kantor={kode}&sudah=tutup", 303)


def _catat(path: str, wanted: Any) -> Any:
    try:
        lakukan(path, wanted)
    except Masalah as error:
        if error.status not in (403, 409, 422):
            raise
        return _agenda({"_": next(iter(error.galat.values()), error.pesan)}), error.status
    return redirect("/loket/agenda?sudah=nomor", 303)


def _agenda(galat: Any) -> str:
    year = request.args.get("tahun", "") or str(tahun_ini())
    status = request.args.get("status", "")
    page = ambil(
        "/v1/agenda", kantor=wilayah.kode(), tahun=year, status=status, cursor=request.args.get("cursor", "")
    )
    return render_template(
        "loket/agenda.html",
        nomor=page["agenda"],
        layanan={each["kode"]: each["nama"] for each in ambil("/v1/layanan")["isi"]},
        cursor=page.get("cursor"),
        tahun=year,
        status=status,
        kode=wilayah.kode(),
        boleh=sesi.peran() in (*sesi.LOKET, *PENGELOLA),
        sudah=request.args.get("sudah", ""),
        galat=galat,
    )


def _kantor(galat: Any) -> str:
    offices = wilayah.kantor()
    chosen = wilayah.terpilih(offices)
    return render_template(
        "loket/kantor.html",
        kantor=chosen,
        sebutan=wilayah.sebutan(chosen),
        pilihan=[(k["kode"], wilayah.sebutan(k)) for k in offices] if sesi.peran() in ADMIN else [],
        boleh=sesi.peran() in ADMIN,
        sudah=request.args.get("sudah", ""),
        galat=galat,
    )
