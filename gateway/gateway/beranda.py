"""The pages at the address that is printed on every letter: type or scan the code, see whether the letter is real.

Deliberately plain forms without a script or a picture; a front end in front of the gateway may replace them. They
ask dokumen what anybody may ask, for the client who asked here: its limits count by client.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from apiflask import APIBlueprint
from flask import Response, redirect, request

from gateway import halaman
from gateway.bootstrap import here
from gateway.vouch import HEADER
from web.problems import URN

bp = APIBlueprint("beranda", __name__, enable_openapi=False)
_CODE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PDF_MOST = 4 * 1024 * 1024  # bytes of the form; dokumen says its own limit in words
_SHORT = "Kode ini tidak lengkap. Salin semua huruf dan angkanya dari surat, lalu coba lagi."
_AWAY = "Pemeriksaan sedang tidak tersedia. Coba lagi beberapa saat."


@bp.get("/")
def home() -> Response:
    return _page(halaman.awal())


@bp.get("/cek")
def check() -> Response:
    """To the letter's own page, so that it can be looked at again."""
    code = request.args.get("kode", "").strip().replace(" ", "-")
    if not code:
        return _page(halaman.awal())
    if not _CODE.fullmatch(code):
        return _page(halaman.awal(_SHORT), 400)
    return redirect(f"/v/{quote(code)}", 303)  # type: ignore[return-value]


@bp.get("/v/<code>")
def letter(code: str) -> Response:
    status, found = _ask("GET", code)
    if status != 200:
        return _page(halaman.awal(_words(found)), status)
    return _page(halaman.surat(code, found))


@bp.post("/v/<code>/cocok")
def match(code: str) -> Response:
    """One comparison, and the page again with its outcome."""
    given = {what: request.form[what].strip() for what in ("nama", "nik") if request.form.get(what)}
    status, outcome = _ask("POST", code, "/cocokkan", _json(given))
    if status == 404:
        return _page(halaman.awal(_words(outcome)), status)
    seen, found = _ask("GET", code)
    if seen != 200:
        return _page(halaman.awal(_words(found)), seen)
    if status != 200:
        return _page(halaman.surat(code, found, pesan=_words(outcome)), status)
    return _page(halaman.surat(code, found, cocok=outcome["hasil"]))


@bp.post("/cek/berkas")
def file() -> Response:
    """A PDF from a form; without a script a browser cannot send it bare."""
    request.max_content_length = _PDF_MOST
    sent = request.files.get("berkas")
    pdf = sent.read() if sent else b""
    status, found = _ask("POST", "", body=pdf, media="application/pdf")
    return _page(halaman.berkas(found) if status == 200 else halaman.awal(_words(found)), status)


def _ask(
    method: str, code: str, more: str = "", body: bytes | None = None, media: str = "application/json"
) -> tuple[int, dict[str, Any]]:
    """The answer of dokumen to this client."""
    app = here()
    headers = {HEADER: app.vouch(request.environ), "x-request-id": request.environ["HTTP_X_REQUEST_ID"]}
    if body is not None:
        headers |= {"content-type": media, "content-length": str(len(body))}
    path = f"/v1/verifikasi/{quote(code, safe='')}{more}" if code else "/v1/verifikasi"
    answer = app.upstreams["dokumen"].send(method, path, headers, body)
    try:
        return answer.status, dict(json.loads(answer.data))
    finally:
        answer.release_conn()


def _json(given: Mapping[str, str]) -> bytes:
    return json.dumps(given).encode()


def _words(problem: Mapping[str, Any]) -> str:
    """What a person reads of a problem: the fields' own words where there are some."""
    if str(problem.get("type", "")).startswith(URN):
        fields = [str(e["detail"]) for e in problem.get("errors", ())]
        return " ".join(fields) or str(problem["detail"])
    return _AWAY


def _page(html: str, status: int = 200) -> Response:
    return Response(html, status, halaman.HEADERS, mimetype="text/html")
