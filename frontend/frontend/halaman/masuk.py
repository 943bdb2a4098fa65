"""Signing in and out: residents by a code to their contact or by slip and PIN, officials by password."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.wrappers import Response

from frontend import sesi
from frontend.gerbang import Masalah, Terputus
from frontend.kosong import kosong
from frontend.pintu import gerbang

bp = Blueprint("masuk", __name__)


@bp.get("/masuk")
def warga() -> Any:
    return render_template("masuk/warga.html", isian={}, galat={})


@bp.post("/masuk")
def minta_kode() -> Any:
    nilai = request.form.get("nilai", "").strip()
    if galat := kosong({"nilai": nilai}, {"nilai": "Isi nomor HP atau email Anda."}):
        return render_template("masuk/warga.html", isian={}, galat=galat), 422
    jenis = "email" if "@" in nilai else "telepon"
    try:
        asked = gerbang().minta("POST", "/v1/masuk/warga", isi={"jenis": jenis, "nilai": nilai}).data
    except Masalah as error:
        if error.status != 422:
            raise
        said = next(iter(error.galat.values()), error.pesan)
        return render_template("masuk/warga.html", isian={"nilai": nilai}, galat={"nilai": said}), 422
    session["permintaan"] = {**asked, "nilai": nilai}
    return redirect("/masuk/kode", 303)


@bp.get("/masuk/kode")
def kode() -> Any:
    asked = session.get("permintaan")
    return render_template("masuk/kode.html", minta=asked, galat={}) if asked else redirect("/masuk", 303)


@bp.post("/masuk/kode")
def pakai_kode() -> Any:
    asked = session.get("permintaan")
    if not asked:
        return redirect("/masuk", 303)
    typed = "".join(request.form.get("kode", "").split())
    try:
        given = {"permintaan": asked["permintaan"], "kode": typed}
        opened = gerbang().minta("POST", "/v1/masuk/warga/kode", isi=given).data
    except Masalah as error:
        if error.status not in (401, 422):
            raise
        said = "Kode harus 6 angka." if error.status == 422 else error.pesan
        return render_template("masuk/kode.html", minta=asked, galat={"kode": said}), error.status
    return _opened(opened)


@bp.get("/masuk/pin")
def pin() -> Any:
    return render_template("masuk/pin.html", isian={}, galat={})


@bp.post("/masuk/pin")
def pakai_pin() -> Any:
    given = {name: request.form.get(name, "").strip() for name in ("nomor", "pin")}
    if galat := kosong(given, {"nomor": "Isi nomor akun di slip.", "pin": "Isi PIN, 6 angka."}):
        return render_template("masuk/pin.html", isian=given, galat=galat), 422
    try:
        return _opened(gerbang().minta("POST", "/v1/masuk/warga/pin", isi=given).data)
    except Masalah as error:
        if error.status not in (401, 422):
            raise
        return render_template(
            "masuk/pin.html", isian=given, galat=dict(error.galat) or {"pin": error.pesan}
        ), error.status


@bp.get("/masuk/petugas")
def petugas() -> Any:
    return render_template("masuk/petugas.html", isian={}, galat={})


@bp.post("/masuk/petugas")
def pakai_sandi() -> Any:
    """Also the way back from a session that ended: the form that was sent is then sent again."""
    given = {name: request.form.get(name, "").strip() for name in ("akun", "sandi", "totp")}
    if galat := kosong(given, {"akun": "Isi nama akun.", "sandi": "Isi sandi."}):
        return render_template("masuk/petugas.html", isian={"akun": given["akun"]}, galat=galat), 422
    try:
        opened = gerbang().minta("POST", "/v1/masuk/petugas", isi={k: v for k, v in given.items() if v}).data
    except Masalah as error:
        if error.status not in (401, 403, 422):
            raise
        kept = {"akun": given["akun"], "totp_diminta": error.slug.startswith("totp") or bool(given["totp"])}
        galat = dict(error.galat) or {"sandi": error.pesan}
        return render_template("masuk/petugas.html", isian=kept, galat=galat), error.status
    tujuan = _here(request.args.get("ulang", ""))
    if not tujuan:
        return _opened(opened)
    token = session.get("csrf_token")
    sesi.masuk(opened)
    session["csrf_token"] = token  # the form that is sent again bears the old page's
    return redirect(tujuan, 307)


@bp.post("/keluar")
def keluar() -> Any:
    with suppress(Masalah, Terputus):  # the cookie goes in any case; the session ends by itself
        gerbang().minta("DELETE", "/v1/sesi", token=sesi.token())
    sesi.keluar()
    return redirect("/", 303)


def _opened(opened: Any) -> Response:
    sesi.masuk(opened)
    return redirect(_here(session.pop("ke", "")) or sesi.rumah(), 303)


def _here(path: str) -> str:
    """A path of this site, or nothing: nobody is sent elsewhere."""
    parts = urlsplit(path)
    local = path.startswith("/") and not path.startswith("//") and not parts.netloc and "\\" not in path
    return path if local else ""
