"""The page at the address that is printed on every letter: type the code, see whether the letter is real.

Deliberately one plain form without a script or a picture; a front end in front of the gateway replaces it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from apiflask import APIBlueprint
from flask import Response, redirect, request

bp = APIBlueprint("beranda", __name__, enable_openapi=False)
_CODE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PAGE = """<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>e-Kelurahan: periksa surat</title>
<h1>Periksa surat kelurahan</h1>
{message}
<form action="/cek" method="get">
<p><label for="kode">Kode di bawah gambar QR pada surat, misalnya A4U3-9SAZ-25E5</label></p>
<p><input id="kode" name="kode" autocomplete="off" autocapitalize="characters" required></p>
<p><button>Periksa</button></p>
</form>
<p>Memeriksa surat gratis dan tidak perlu masuk.</p>
"""
_WRONG = (
    '<p role="alert">Kode ini tidak lengkap. Salin semua huruf dan angkanya dari surat, lalu coba lagi.</p>'
)


@bp.get("/")
def home() -> Response:
    return _page("")


@bp.get("/cek")
def check() -> Response:
    """To the verification itself, whose answer is the same for every caller."""
    code = request.args.get("kode", "").strip().replace(" ", "-")
    if not code:
        return _page("")
    if not _CODE.fullmatch(code):
        return _page(_WRONG, 400)
    return redirect(f"/v1/verifikasi/{quote(code)}", 303)  # type: ignore[return-value]


def _page(message: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'"}
    return Response(_PAGE.format(message=message), status, headers, mimetype="text/html")
