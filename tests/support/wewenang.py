"""Everybody of the table of rights, in and out of place, and a real gateway before a service under test."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from chassis.audit import COLLECTION
from chassis.causes import Cause
from chassis.ids import new_id
from chassis.ports.documents import Documents
from ekel import wewenang
from ekel.wewenang import ALLOWED, DEPENDS, PUBLIC, RESIDENT, Row
from gateway import bootstrap, routes
from gateway.akun import akun, warga
from gateway.app import create
from gateway.settings import Settings
from support.tree import ROOT, SERVICES
from web.tokens import Signer

CONTRACTS = ROOT / "contracts"
OFFICE = "3276011006"
OWNER = "w-0001"
# GET operations that show no personal data of residents, or only the caller's own: no entry in the audit chain.
TANPA_JEJAK = {
    "GET /v1/surat/sertifikat": "the caller's own certificate",
    "GET /v1/surat/basah": "names only in rows; empty here (tests/component/dokumen/test_basah.py)",
    "GET /v1/surat/tanda-tangan": "names only in rows; empty here (tests/component/dokumen/test_tanda_tangan.py)",
    "GET /v1/surat/perbaikan": "names only in rows; empty here (tests/component/dokumen/test_perbaikan.py)",
    "GET /v1/tugas": "rows name the service and the day, nobody",
    "GET /v1/tugas/ditunggu": "whether somebody waits at the counter, nobody by name",
    "GET /v1/pejabat": "officials as letters name them",
    "GET /v1/delegasi": "officials as letters name them",
    "GET /v1/pesan": "the caller's own messages",
    "GET /v1/templat": "words of the catalogue",
    "GET /v1/saya": "the caller himself",
    "GET /v1/sesi": "the caller's own sessions",
    "GET /v1/peristiwa": "events without personal data",
    "GET /v1/status": "counts",
    "GET /v1/statistik": "counts",
    "GET /v1/laporan": "counts",
    "GET /v1/laporan/pdf": "counts",
}
NOBODY = "http://127.0.0.1:9"
# Another kelurahan of the same kecamatan, another kecamatan, another city; by the digits of an area.
ELSEWHERE = {10: ("3276011008", "3276051004"), 6: ("327605",), 4: ("3171",)}
TABLE = wewenang.read(CONTRACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orang:
    """Somebody who asks. `inside`: in his own area, or with what is his own."""

    peran: str
    inside: bool
    sub: str
    wilayah: tuple[str, ...] = ()

    @property
    def claims(self) -> dict[str, Any]:
        level = {"tingkat": "kontak"} if self.peran == RESIDENT else {}
        return {"sub": self.sub, "peran": self.peran, "wilayah": list(self.wilayah), **level}


@dataclass(frozen=True, slots=True, kw_only=True)
class Minta:
    """A well-formed request: whoever is refused is refused for who he is."""

    path: str
    json: Any = None
    data: bytes | None = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def semua() -> Iterator[Orang]:
    """Every role inside and outside."""
    yield Orang(peran=PUBLIC, inside=True, sub="")
    yield Orang(peran=RESIDENT, inside=True, sub=OWNER)
    yield Orang(peran=RESIDENT, inside=False, sub="w-0002")
    for peran, digits in TABLE.digits.items():
        yield Orang(peran=peran, inside=True, sub=f"{peran}.dalam", wilayah=(OFFICE[:digits],))
        for kode in ELSEWHERE[digits]:
            yield Orang(peran=peran, inside=False, sub=f"{peran}.{kode}", wilayah=(kode,))


def umum(service: str) -> list[str]:
    """Operations of a service that the gateway passes on to it."""
    return [o for o in TABLE.of(service) if routes.owner_of(o.partition(" ")[2]) == service]


def ditolak(row: Row) -> list[tuple[Orang, int]]:
    """Who is refused, with which status."""
    judged = [(one, row.verdict(one.peran, one.inside)) for one in semua()]
    return [(one, status) for one, status in judged if status not in (ALLOWED, DEPENDS)]


def boleh(row: Row) -> list[Orang]:
    return [one for one in semua() if row.verdict(one.peran, one.inside) == ALLOWED]


def bearer(keys: Path, one: Orang, **claims: str) -> dict[str, str]:
    """The header of the gateway's token, as a service gets it."""
    if one.peran == PUBLIC:
        return {}
    token = Signer(keys, "gateway").sign("layanan", 300, **one.claims, sid="s", **claims)
    return {"Authorization": f"Bearer {token}"}


def tanya(client: FlaskClient, operation: str, minta: Minta, who: Mapping[str, str]) -> TestResponse:
    """One call; commands have a key of their own, changes a version that nothing has."""
    method = operation.split(" ", maxsplit=1)[0]
    common = {"Idempotency-Key": new_id()} if method == "POST" else {"If-Match": '"999"'}
    headers = {**common, **minta.headers, **who}
    body: dict[str, Any] = (
        {"json": minta.json} if minta.json is not None else {"data": minta.form or minta.data}
    )
    return client.open(minta.path, method=method, headers=headers, buffered=True, **body)


def slug(answer: TestResponse) -> str:
    """Of a problem; RFC 6749 names its errors otherwise."""
    try:
        body = json.loads(answer.text)
    except ValueError:
        return ""
    return str(body.get("error") or body.get("type", "").rsplit(":", 1)[-1])


def tidak_ditolak(row: Row, answer: TestResponse) -> bool:
    """Whether an answer is none about the person; also no "not there" where others are told so."""
    if slug(answer) in row.states:
        return True
    hidden = 404 in (row.elsewhere, row.others) or "milik" in row.grants.values()
    gone = answer.status_code == 404 and hidden and not row.operation.startswith("DELETE")
    return answer.status_code not in (401, 403) and not gone


def keliru(row: Row, client: FlaskClient, minta: Minta, keys: Path) -> list[str]:
    """Refused cells of a service that do not answer as the table says."""
    wrong = []
    for one, status in ditolak(row):
        answer = tanya(client, row.operation, minta, bearer(keys, one))
        if answer.status_code != status:
            wrong.append(f"{one.sub or one.peran}: {answer.status_code} {slug(answer)}, not {status}")
    return wrong


def terhalang(row: Row, client: FlaskClient, minta: Minta, keys: Path) -> list[str]:
    """Allowed cells of a service that are refused."""
    wrong = []
    for one in boleh(row):
        answer = tanya(client, row.operation, minta, bearer(keys, one))
        if not tidak_ditolak(row, answer):
            wrong.append(f"{one.sub or one.peran}: {answer.status_code} {slug(answer)}")
    return wrong


def dibaca(service: str) -> list[str]:
    """GET operations that show somebody's data: each reading has its entry in the chain."""
    rows = TABLE.of(service).items()
    asked = [o for o, row in rows if o.startswith("GET ") and row.verdict(PUBLIC, inside=True) != ALLOWED]
    return [o for o in asked if o not in TANPA_JEJAK]


def tercatat(row: Row, client: FlaskClient, minta: Minta, keys: Path, chain: Documents) -> bool:
    """Whether a reading by somebody who may adds an entry in his name."""
    one = [each for each in boleh(row) if each.inside][-1]
    before = chain.count(COLLECTION.name, {"actor": one.sub})
    tanya(client, row.operation, minta, bearer(keys, one))
    return chain.count(COLLECTION.name, {"actor": one.sub}) > before


class Pintu:
    """A real gateway, with everybody signed in; behind it the real services that are given, over HTTP.

    `more` are settings of its own."""

    def __init__(
        self, folder: Path, keys: Path, more: Mapping[str, Any] | None = None, /, **services: Flask
    ) -> None:
        upstream: dict[str, Any] = {f"upstream_{name}": NOBODY for name in SERVICES} | dict(more or {})
        self._servers = {
            name: make_server("127.0.0.1", 0, flask, threaded=True) for name, flask in services.items()
        }
        for name, server in self._servers.items():
            upstream[f"upstream_{name}"] = f"http://127.0.0.1:{server.port}"
            threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = Settings(
            env="test", data=folder, keys=keys, contracts=CONTRACTS, share_requests=100_000, **upstream
        )
        bootstrap.migrate(settings)
        self.app = bootstrap.build(settings)
        self.client = create(self.app).test_client()
        self._sessions: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        self.app.close()

    def bearer(self, one: Orang) -> dict[str, str]:
        """The header of a session."""
        if one.peran == PUBLIC:
            return {}
        token = self._sessions.get(one.sub)
        if token is None or self.app.direktori.get(one.sub) is None:
            token = self._sessions[one.sub] = self._sign_in(one)
        return {"Authorization": f"Bearer {token}"}

    def forget(self) -> None:
        """Everybody signs in anew: what was called may have ended sessions."""
        self._sessions.clear()

    def _sign_in(self, one: Orang) -> str:
        if self.app.direktori.get(one.sub) is None:
            self.app.direktori.change(one.sub, self._account(one), Cause.command(f"uji:{one.sub}"))
        lewat = "kontak" if one.peran == RESIDENT else "sandi"
        return self.app.sessions.start(one.sub, 3600, lewat=lewat, faktor=True)[0]

    def _account(self, one: Orang) -> Any:
        if one.peran == RESIDENT:
            return warga.baru(one.sub, None, None)
        kind = akun.SISTEM if one.peran == "sistem" else akun.PETUGAS
        fields = {"nama": "Orang Contoh", "jenis": kind, "peran": one.peran, "wilayah": list(one.wilayah)}
        return akun.baru(one.sub, fields)

    def keliru(self, row: Row, minta: Minta, *, everybody: bool = False) -> list[str]:
        """Refused cells that are let through here: nobody, and one of each kind, unless `everybody` is tried."""
        wrong, tried = [], set()
        for one, status in ditolak(row):
            kind = (status, one.peran if row.grants.get(one.peran) else "")
            if not everybody and kind in tried:
                continue
            tried.add(kind)
            answer = tanya(self.client, row.operation, minta, self.bearer(one))
            if answer.status_code != status:
                wrong.append(f"{one.sub or one.peran}: {answer.status_code} {slug(answer)}, not {status}")
        return wrong
