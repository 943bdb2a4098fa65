"""A desk of officials: persetujuan with its real stores, worker and HTTP application, neighbours around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chassis.ids import new_id
from persetujuan.bootstrap import build
from persetujuan.entrypoints.events import dispatcher
from persetujuan.entrypoints.http.aplikasi import create
from persetujuan.settings import Settings
from support.neighbours import OFFICE, Neighbours, Running, at, bearer, confirmation, example
from web.pseudonyms import Pseudonyms

KECAMATAN = OFFICE[:6]
AKUN = {
    "kasi": "kasi.depok",
    "lurah": "lurah.depok",
    "kasi_kecamatan": "kasi.kec.pancoranmas",
    "sekcam": "sekcam.pancoranmas",
    "camat": "camat.pancoranmas",
}
NIK = "3276015203959001"
KK = "3276011203059001"


class Meja:
    """Everything a test of persetujuan talks to. Times begin on Thursday, 15 January 2026, 10.00 WIB."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.settings = Settings(env="test", data=folder, **more)
        self.near = Neighbours(self.settings)
        at(self.settings.clock(), folder, "2026-01-15T03:00:00+00:00")
        self.app = build(self.settings)
        self.app.migrate()
        self._running = Running(self.near, dispatcher(self.app), self.app.documents)
        self.flask = create(self.app)
        self.client: FlaskClient = self.flask.test_client()

    def __enter__(self) -> Self:
        self._running.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.__exit__()
        self.app.close()
        self.near.close()

    def quiet(self) -> None:
        self._running.quiet()

    def lengkap(self, id: str, layanan: str = "SKDOM", putaran: int = 1, **changes: Any) -> None:
        """The counter declared round `putaran` complete."""
        data = {"layanan": layanan, "putaran": putaran, "waktu": "2026-01-15T03:00:00.000Z"} | changes
        told = example("pengajuan.permohonan.dinyatakan_lengkap", **data)
        self.near.say("pengajuan", id, ("permohonan.dinyatakan_lengkap", told))

    def pribadi(self, id: str, layanan: str = "SKDOM", putaran: int = 1) -> None:
        subject = [{"nama": "Contoh Sekarwangi", "nik": NIK}]
        told = example("pengajuan.pemohon.dibagikan", putaran=putaran, layanan=layanan, subjek=subject, kk=KK)
        self.near.say("pengajuan", id, ("pemohon.dibagikan", told))

    def mulai(self, layanan: str = "SKDOM") -> str:
        """A case whose first task waits; its id."""
        id = new_id()
        self.pribadi(id, layanan)
        self.lengkap(id, layanan)
        self.quiet()
        return id

    def kasus(self, id: str) -> dict[str, Any]:
        found = self.app.kasus.read(OFFICE, id)
        state = found.state if found else None
        assert state is not None
        return state

    def kotak(self, peran: str, **claims: Any) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = (self.get(peran, "/v1/tugas", **claims).json or {})["tugas"]
        return listed

    def get(self, peran: str, path: str, **claims: Any) -> TestResponse:
        return self.client.get(path, headers=self._caller(peran, **claims))

    def putus(self, peran: str, tugas: str, keputusan: str = "paraf", **asked: Any) -> TestResponse:
        """Decide; `setuju` is confirmed unless `konfirmasi=False`."""
        claims = asked.pop("claims", {})
        headers = self._caller(peran, **claims) | {"Idempotency-Key": asked.pop("kunci", new_id())}
        if keputusan == "setuju" and asked.pop("konfirmasi", True):
            headers["X-Konfirmasi"] = self.konfirmasi(claims.get("sub", AKUN.get(peran, peran)), tugas)
        body = {"keputusan": keputusan} | asked
        return self.client.post(f"/v1/tugas/{tugas}/keputusan", json=body, headers=headers)

    def jalan(self, id: str, *langkah: tuple[str, str]) -> None:
        """Decide the open task of a case, one after another; each must be accepted."""
        for peran, keputusan in langkah:
            done = self.putus(peran, self.kasus(id)["terbuka"]["id"], keputusan)
            assert done.status_code == 200, done.text

    def konfirmasi(self, sub: str, *ids: str) -> str:
        return confirmation(self.settings, "persetujuan", sub, *ids)["X-Konfirmasi"]

    def samar(self, kind: str, value: str) -> str:
        return Pseudonyms(self.settings.key_folder()).of(kind, value)

    def put(self, peran: str, path: str, body: dict[str, Any], **headers: str) -> TestResponse:
        return self.client.put(path, json=body, headers=self._caller(peran) | headers)

    def _caller(self, peran: str, **claims: Any) -> dict[str, str]:
        above = peran in {"kasi_kecamatan", "sekcam", "camat", "admin_kecamatan"}
        known = {
            "sub": AKUN.get(peran, peran),
            "peran": peran,
            "wilayah": [KECAMATAN if above else OFFICE],
        }
        return bearer(self.settings, **(known | claims))
