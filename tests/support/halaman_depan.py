"""The real pages in front of one real service: it answers in the gateway's place, whose token people already have."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings


@contextmanager
def halaman(
    service: Flask, folder: Path, *, bearer: str, akun: str, peran: str, wilayah: str
) -> Iterator[FlaskClient]:
    """A browser of an official who is signed in; `bearer` is the Authorization that the service knows him by."""
    server = make_server("127.0.0.1", 0, service, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings = Settings(env="test", data=folder, gateway_url=f"http://127.0.0.1:{server.server_port}")
    flask = create(settings, Metrics(settings.contracts), Pengunjung(0, folder / "none", harus=False))
    flask.config["WTF_CSRF_ENABLED"] = False
    client = flask.test_client()
    known = {"akun": akun, "nama": "Contoh", "peran": peran, "wilayah": [wilayah], "tingkat": None}
    with client.session_transaction() as session:
        session.update(token=bearer.removeprefix("Bearer "), akun=known)
    try:
        yield client
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
