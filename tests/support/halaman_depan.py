"""The real pages in front of one real service: it answers in the gateway's place, whose token people already have."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings


@contextmanager
def menolak(folder: Path) -> Iterator[tuple[str, Callable[[str], str]]]:
    """Pages before a gateway that refuses: its catalogue too often, a token it does not know.

    Their address, and the cookie of somebody who was signed in with a role.
    """

    def refuse(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        known = environ["PATH_INFO"] != "/v1/layanan"
        status, slug = (401, "tidak-dikenal") if known else (429, "terlalu-sering")
        title = "Masuk dulu" if known else "Terlalu sering, coba lagi nanti"
        body = {"type": f"urn:ekelurahan:masalah:{slug}", "title": title, "status": status}
        return Response(json.dumps(body), status, {"Retry-After": "650"}, "application/problem+json")(
            environ, start
        )

    with serve(refuse) as gateway:
        settings = Settings(env="test", data=folder, gateway_url=gateway)
        flask = create(settings, Metrics(settings.contracts), Pengunjung(0, folder / "none", harus=False))

        def cookie(peran: str) -> str:
            client = flask.test_client()
            with client.session_transaction() as session:
                known = {"akun": "contoh.depok", "nama": "Contoh", "peran": peran, "wilayah": ["3276011006"]}
                session.update(token="contoh", akun=known)
            made = client.get_cookie("ekel_sesi")
            assert made is not None
            return made.value

        with serve(flask) as pages:
            yield pages, cookie


@contextmanager
def serve(app: WSGIApplication) -> Iterator[str]:
    """The address of `app` on a port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def halaman(
    service: Flask, folder: Path, *, bearer: str, akun: str, peran: str, wilayah: str
) -> Iterator[FlaskClient]:
    """A browser of an official who is signed in; `bearer` is the Authorization that the service knows him by."""
    with serve(service) as gateway:
        settings = Settings(env="test", data=folder, gateway_url=gateway)
        flask = create(settings, Metrics(settings.contracts), Pengunjung(0, folder / "none", harus=False))
        flask.config["WTF_CSRF_ENABLED"] = False
        client = flask.test_client()
        known = {"akun": akun, "nama": "Contoh", "peran": peran, "wilayah": [wilayah], "tingkat": None}
        with client.session_transaction() as session:
            session.update(token=bearer.removeprefix("Bearer "), akun=known)
        yield client
