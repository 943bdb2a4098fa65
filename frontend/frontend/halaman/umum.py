"""Before any sign-in: find a service by plain words, read what it needs, see which office answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from frontend.pintu import ambil, settings

bp = Blueprint("umum", __name__)


@bp.get("/")
def beranda() -> Any:
    return render_template("umum/beranda.html", layanan=ambil("/v1/layanan")["isi"])


@bp.get("/layanan")
def cari() -> Any:
    kata = request.args.get("q", "").strip()[:80]
    return render_template("umum/cari.html", kata=kata, layanan=ambil("/v1/layanan", q=kata)["isi"])


@bp.get("/layanan/<kode>")
def layanan(kode: str) -> Any:
    return render_template("umum/layanan.html", layanan=ambil(f"/v1/layanan/{kode}"))


@bp.get("/kantor")
def kantor() -> Any:
    return render_template("umum/kantor.html", kantor=kelurahan())


def kelurahan() -> list[Any]:
    """Working offices that these pages serve: all, or the one they were started for."""
    only = settings().kelurahan
    return [
        k
        for k in ambil("/v1/kantor")["isi"]
        if k["tingkat"] == "kelurahan" and k["status"] == "aktif" and (not only or k["kode"] == only)
    ]


@bp.get("/manifest.webmanifest")
def manifest() -> Any:
    name = settings().nama_situs
    return {
        "name": name,
        "short_name": name,
        "lang": "id",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5d3b",
        "icons": [{"src": "/aset/ikon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }


@bp.get("/.well-known/assetlinks.json")
def android() -> Any:
    """Whose app may show these pages as its own: Digital Asset Links, for a Trusted Web Activity."""
    told = settings()
    if not (told.android_paket and told.android_sidik):
        abort(404)
    app = {
        "namespace": "android_app",
        "package_name": told.android_paket,
        "sha256_cert_fingerprints": told.android_sidik.split(","),
    }
    statement = {"relation": ["delegate_permission/common.handle_all_urls"], "target": app}
    return jsonify([statement])


@bp.get("/sw.js")
def worker() -> Response:
    """The service worker must be served from the root to see every page; a new style makes it a new one."""
    shell = url_for("static", filename="gaya.css").rpartition("=")[2]
    script = render_template("umum/sw.js", kulit=shell)
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@bp.get("/luring")
def luring() -> Any:
    """What the service worker shows without a line."""
    return render_template("umum/luring.html")
