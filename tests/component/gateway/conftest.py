"""A gateway on real stores, with a real service behind it in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from chassis.clock import Clock
from chassis.metrics import Metrics
from frontend import aplikasi
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings as Pages
from gateway import bootstrap, seed
from gateway.app import create
from gateway.bootstrap import App
from gateway.demo import TOTP
from gateway.masuk import totp
from gateway.settings import Settings
from support import either
from support.tree import ROOT
from support.waiting import until
from web.pseudonyms import ensure
from web.tokens import ensure_keys

PROGRAM = Path(__file__).with_name("belakang.py")
CONTRACTS = ROOT / "contracts"


@dataclass(slots=True)
class Time:
    """Real time as the gateway sees it; a test moves it."""

    moved: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The service behind: its address, and the codes it was asked to deliver."""

    url: str
    folder: Path
    keys: Path

    def codes(self, tujuan: str) -> list[str]:
        file = self.folder / "kode.jsonl"
        lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        return [line["kode"] for line in lines if line["tujuan"] == tujuan]


@contextmanager
def belakang(folder: Path) -> Iterator[Behind]:
    """A running stand-in of the services, with keys of its own."""
    keys = folder / "keys"
    keys.mkdir()
    ensure_keys(keys, bootstrap.KEYS)
    ensure(keys)
    env = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, *map(str, (PROGRAM, folder, keys, CONTRACTS))]
    with subprocess.Popen(command, env=env) as process:
        try:
            until((folder / "alamat").exists)
            yield Behind(url=(folder / "alamat").read_text(), folder=folder, keys=keys)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    with belakang(tmp_path_factory.mktemp("belakang")) as running:
        yield running


@pytest.fixture(params=either.EMBEDDED)
def settings(request: pytest.FixtureRequest, tmp_path: Path, behind: Behind) -> Settings:
    services = ("pengajuan", "dokumen", "persetujuan", "notifikasi")
    upstreams: dict[str, Any] = {f"upstream_{name}": behind.url for name in services}
    upstreams |= either.settings(request)
    return Settings(
        env="test", data=tmp_path, keys=behind.keys, contracts=CONTRACTS, upstream_read=2.0, **upstreams
    )


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def app(settings: Settings, time: Time) -> Iterator[App]:
    bootstrap.migrate(settings)
    app = bootstrap.build(settings, Clock(ZoneInfo("Asia/Jakarta"), None, real=time))
    yield app
    app.close()


@pytest.fixture
def people(app: App) -> App:
    """The gateway with the demo's officials in it."""
    seed._demo(app)
    return app


@pytest.fixture
def client(app: App) -> FlaskClient:
    return create(app).test_client()


Front = Callable[[int], FlaskClient]


@pytest.fixture
def muka(app: App, tmp_path: Path) -> Iterator[Front]:
    """Visitors of a front end before this gateway, behind so many proxies of its own."""
    server = make_server("127.0.0.1", 0, create(app), threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    url, key = f"http://127.0.0.1:{server.server_port}", app.settings.visitor_keys()
    settings = Pages(env="test", data=tmp_path / "muka", gateway_url=url, contracts=CONTRACTS)

    def started(proxies: int) -> FlaskClient:
        pages = aplikasi.create(settings, Metrics(CONTRACTS), Pengunjung(proxies, key, harus=True))
        pages.config["WTF_CSRF_ENABLED"] = False
        return pages.test_client()

    yield started
    server.shutdown()
    server.server_close()


SignIn = Callable[[str], dict[str, str]]


@pytest.fixture
def staff(people: App, client: FlaskClient, time: Time) -> SignIn:
    """Sign an official in; the headers of his requests."""

    def sign_in(akun: str) -> dict[str, str]:
        body = {"akun": akun, "sandi": "demo-ekelurahan"}
        for step in (-1, 0, 1):  # a code is good once; signers may sign in three times
            code = totp.code(TOTP, int(time().timestamp()) // totp.STEP + step)
            answer = client.post("/v1/masuk/petugas", json={**body, "totp": code})
            if answer.status_code == 200:
                break
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.get_json()['token']}"}

    return sign_in


@pytest.fixture
def resident(client: FlaskClient, behind: Behind) -> SignIn:
    """Sign a resident in with the code sent to this e-mail address; the headers of his requests."""

    def sign_in(email: str) -> dict[str, str]:
        asked = client.post("/v1/masuk/warga", json={"jenis": "email", "nilai": email}).get_json()
        code = behind.codes(email)[-1]
        body = {"permintaan": asked["permintaan"], "kode": code}
        answer = client.post("/v1/masuk/warga/kode", json=body)
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.get_json()['token']}"}

    return sign_in
