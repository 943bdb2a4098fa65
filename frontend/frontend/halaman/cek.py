"""Is this letter real? By the code on it or by the file itself, without an account (R18)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request

from frontend.gerbang import Masalah
from frontend.pintu import gerbang

bp = Blueprint("cek", __name__)
_CODE = re.compile(r"[A-Za-z0-9_-]{8,64}")
PDF = 4 * 1024 * 1024  # bytes of the form, as `aplikasi` holds it to; the API says its own limit in words
_SHORT = "Kode ini tidak lengkap. Salin semua huruf dan angkanya dari surat, lalu coba lagi."


@bp.after_request
def _private(answer: Response) -> Response:
    """The address of a letter's page holds its code."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/cek")
def tanya() -> Any:
    """To the letter's own page, so that it can be looked at again."""
    code = request.args.get("kode", "").strip().replace(" ", "-")
    if not code:
        return _ask({})
    if not _CODE.fullmatch(code):
        return _ask({"kode": _SHORT}, code), 400
    return redirect(f"/v/{quote(code)}", 303)


@bp.get("/v/<kode>")
def surat(kode: str) -> Any:
    try:
        found = gerbang().minta("GET", f"/v1/verifikasi/{quote(kode, safe='')}").data
    except Masalah as error:
        if error.status != 404:
            raise
        return _ask({"kode": error.pesan}, kode), 404
    return render_template("cek/surat.html", kode=kode, surat=found, cocok={}, galat={})


@bp.post("/v/<kode>/cocok")
def cocok(kode: str) -> Any:
    """One comparison, and the page again with its outcome."""
    given = {what: request.form[what].strip() for what in ("nama", "nik") if request.form.get(what)}
    asked, galat = next(iter(given), "nama"), dict[str, str]()
    path, outcome, status = f"/v1/verifikasi/{quote(kode, safe='')}", {}, 200
    try:
        outcome = gerbang().minta("POST", f"{path}/cocokkan", isi=given).data
    except Masalah as error:
        if error.status not in (409, 422, 429):
            raise
        galat, status = {asked: next(iter(error.galat.values()), error.pesan)}, error.status
    found = gerbang().minta("GET", path).data
    return render_template("cek/surat.html", kode=kode, surat=found, cocok=outcome, galat=galat), status


@bp.post("/cek/berkas")
def berkas() -> Any:
    """A PDF from a form."""
    sent = request.files.get("berkas")
    if sent is None or not sent.filename:
        return _ask({"berkas": "Pilih berkas PDF suratnya dulu."}), 422
    answer = gerbang().kirim(
        "POST", "/v1/verifikasi", token="", badan=sent.stream, headers={"Content-Type": "application/pdf"}
    )
    if answer.status >= 400:
        return _ask({"berkas": str(answer.data.get("detail") or answer.data["title"])}), answer.status
    return render_template("cek/berkas.html", hasil=answer.data)


def _ask(galat: dict[str, str], kode: str = "") -> str:
    return render_template("cek/tanya.html", galat=galat, kode=kode)
