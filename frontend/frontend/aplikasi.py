"""One Flask application: pages, security headers, and a page of words for everything that can go wrong."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException

from chassis.ids import new_id
from chassis.metrics import Metrics
from frontend import formulir, halaman, kait, mampat, sesi, waktu
from frontend.gerbang import Gerbang, Masalah, Terputus
from frontend.halaman import cek
from frontend.pengunjung import Pengunjung
from frontend.pintu import EXTENSION, ke_masuk
from frontend.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
BATAS = {"cek.berkas": cek.PDF}  # bytes of a form: settled before anybody looks for its token in it
HABISKAN = 64 * 1024 * 1024  # bytes of a refused form that are read all the same
_log = structlog.get_logger("frontend")


def create(settings: Settings, metrics: Metrics, pengunjung: Pengunjung) -> Flask:
    """The application, ready to serve. Makes the cookie secret at the first run."""
    app = Flask("frontend", static_url_path="/aset")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=sesi.kunci(settings.session_key()),
        SESSION_COOKIE_NAME="ekel_sesi",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.env == "production",
        PERMANENT_SESSION_LIFETIME=timedelta(days=7),
        # A picture that answers late must not write back the cookie of an earlier page.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=7),
        WTF_CSRF_TIME_LIMIT=None,
        # Pages whose address is a secret send no Referer; the token in the form is what counts.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions[EXTENSION] = Gerbang(settings.gateway_url, settings.gateway_detik, pengunjung)
    _observe(app, metrics)  # first: what is refused before a page is measured too
    _limits(app)
    CSRFProtect(app)
    mampat.pasang(app)
    _templates(app)
    _errors(app)
    for blueprint in halaman.SEMUA:
        app.register_blueprint(blueprint)
    return app


def _templates(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("frontend"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.undefined = ChainableUndefined  # what the design system's macros are written for
    app.jinja_env.filters.update(
        tanggal=waktu.tanggal, jam=waktu.jam, tampil=formulir.tampil, bagian=formulir.bagian, patah=kait.patah
    )
    app.jinja_env.globals.update(kait.SEMUA)

    @app.context_processor
    def common() -> dict[str, Any]:
        settings = app.config["SETTINGS"]
        return {
            "situs": settings.nama_situs,
            "demo": settings.env == "demo",
            "akun": sesi.akun(),
            "peran": sesi.peran(),
            "rumah": sesi.rumah(),
            "kunci": new_id(),
        }


def _observe(app: Flask, metrics: Metrics) -> None:
    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "-"
        labels = {"service": "frontend", "method": request.method, "route": route}
        seconds = time.perf_counter() - g.began
        metrics.count("ekel_http_requests_total", status=str(response.status_code), **labels)
        metrics.observe("ekel_http_request_seconds", seconds, **labels)
        _log.info("request", status=response.status_code, ms=round(seconds * 1000, 1), **labels)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        # A page with a secret address has set a stricter one.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.update(
            {
                "Content-Security-Policy": CSP,
                "X-Content-Type-Options": "nosniff",
                "Permissions-Policy": "geolocation=(), microphone=()",
            }
        )
        return response


def _limits(app: Flask) -> None:
    @app.before_request
    def limit() -> None:
        request.max_content_length = BATAS.get(request.endpoint or "")


def _errors(app: Flask) -> None:
    @app.errorhandler(Masalah)
    def refused(error: Masalah) -> Any:
        if error.status == 401 and sesi.akun() is not None:
            staff = sesi.peran() != sesi.WARGA
            session.pop("token", None)
            session.pop("akun", None)
            if request.method == "GET":
                return ke_masuk(staff=staff, habis=True)
            # Nothing typed is lost: the sign-in page carries the form and sends it again.
            kept = [(k, v) for k, v in request.form.items(multi=True) if k != "csrf_token"]
            ulang = staff and not request.files and not sesi.ISIAN & {k for k, _ in kept}
            page = render_template(
                "masuk/lagi.html", isian=kept, tujuan=request.full_path, ulang=ulang, staff=staff
            )
            return page, 401
        return _page(error.judul, error.pesan, error.status, error.tunggu)

    @app.errorhandler(Terputus)
    def away(error: Terputus) -> Any:
        _log.warning("gateway away", reason=str(error))
        return _page(
            "Layanan sedang terganggu",
            "Kami belum bisa menghubungi pusat layanan. Isian yang sudah tersimpan tidak hilang. Coba lagi sebentar.",
            503,
            10,
        )

    @app.errorhandler(CSRFError)
    def stale(_: CSRFError) -> Any:
        return _page("Halaman sudah terlalu lama dibuka", "Buka lagi halamannya, lalu kirim lagi.", 400)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        words = {
            403: (
                "Halaman ini bukan untuk akun Anda",
                "Halaman ini hanya untuk petugas dengan tugas lain.",
            ),
            404: ("Halaman tidak ditemukan", "Periksa alamatnya, atau kembali ke halaman depan."),
            405: ("Halaman tidak ditemukan", "Kembali ke halaman depan."),
            413: ("Kiriman terlalu besar", "Kecilkan foto atau berkasnya, lalu kirim lagi."),
        }
        if error.code == 413:
            _drain()
        title, text = words.get(error.code or 500, ("Ada gangguan", "Coba lagi sebentar."))
        return _page(title, text, error.code or 500)


def _drain() -> None:
    """Read what a browser still sends: cut off, it would show a dead line instead of the words."""
    left = min(request.content_length or 0, HABISKAN)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 64 * 1024))):
        left -= len(piece)


def _page(judul: str, pesan: str, status: int, tunggu: int = 0) -> Any:
    seen = request.referrer or ""
    back = seen if seen.startswith(request.host_url) else sesi.rumah()
    asal = request.full_path.rstrip("?") if request.method == "GET" else back
    page = render_template("galat.html", judul=judul, pesan=pesan, tunggu=tunggu, status=status, asal=asal)
    return page, status, ({"Retry-After": str(tunggu)} if tunggu else {})
