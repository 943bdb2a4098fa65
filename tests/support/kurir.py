"""A courier: notifikasi with its real stores, worker, claims and HTTP application, neighbours around it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chassis.ids import new_id
from notifikasi.bootstrap import build
from notifikasi.domain.kabar import Janji, Kabar
from notifikasi.domain.keadaan import from_state
from notifikasi.entrypoints.claims import claims
from notifikasi.entrypoints.events import dispatcher
from notifikasi.entrypoints.http.aplikasi import create
from notifikasi.settings import Settings
from support.neighbours import OFFICE, Neighbours, Running, bearer, example
from support.waiting import until

WARGA = "w-0001"
SUREL = "sekarwangi@warga.example"
KANTOR = {
    "kode": OFFICE,
    "tingkat": "kelurahan",
    "nama": "Depok",
    "kecamatan_kode": "327601",
    "kecamatan_nama": "Pancoran Mas",
    "telepon": "(021) 5550 0106",
}


class Kurir:
    """Everything a test of notifikasi talks to."""

    def __init__(self, folder: Path, smtp_url: str = "", **more: Any) -> None:
        self.settings = Settings(env="test", data=folder, smtp_url=smtp_url, **more)
        self.near = Neighbours(self.settings)
        self.app = build(self.settings)
        self.app.migrate()
        self.dispatcher = dispatcher(self.app)
        self._running = Running(self.near, self.dispatcher, self.app.documents, claims(self.app))
        self.client: FlaskClient = create(self.app).test_client()

    def __enter__(self) -> Self:
        self._running.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.__exit__()
        self.app.close()
        self.near.close()

    def quiet(self) -> None:
        """Every event heard, every message sent, every outcome told."""
        self._running.quiet()
        until(lambda: not self._waiting(), what="nothing left to send")
        self._running.quiet()

    def say(self, source: str, id: str, name: str, **changes: Any) -> None:
        self.near.say(source, id, (name, example(f"{source}.{name}", **changes)))

    def kantor(self) -> None:
        """The office and the service as pengajuan tells them."""
        data = example("pengajuan.kantor.diubah", **KANTOR)
        self.near.say("pengajuan", OFFICE, ("kantor.diubah", data))
        service = example(
            "pengajuan.layanan.diubah", kode="SKDOM", nama="Surat Keterangan Domisili", alur="LURAH"
        )
        self.near.say("pengajuan", "SKDOM", ("layanan.diubah", service))
        self.quiet()

    def pribadi(self, id: str, kontak: Mapping[str, Any] | None = None, **changes: Any) -> None:
        contact = kontak or {"jenis": "email", "nilai": SUREL}
        known = {"akun": WARGA, "kontak": dict(contact)} | changes
        self.say("pengajuan", id, "pemohon.dibagikan", **known)

    def ajukan(self, **changes: Any) -> str:
        """A filed application; its id."""
        id = new_id()
        self.pribadi(id, **changes)
        self.say("pengajuan", id, "permohonan.diajukan")
        return id

    def kabar(self, id: str) -> Kabar:
        found = self.app.kabar.read(OFFICE, id)
        assert found is not None
        return from_state(found.state or {})

    def janji(self, id: str, kunci: str) -> Janji:
        return self.kabar(id).janji[kunci]

    def berkas(self, id: str) -> dict[str, str]:
        """Files of an application in the folder of messages, by name without the application's id."""
        found = sorted(self.settings.message_folder().glob(f"{id}.*.txt"))
        return {file.name.removeprefix(f"{id}.").removesuffix(".txt"): file.read_text() for file in found}

    def pesan(self, sub: str = WARGA, peran: str = "warga", *wilayah: str) -> list[dict[str, Any]]:
        answer = self.client.get("/v1/pesan", headers=self.caller(sub, peran, *wilayah))
        assert answer.status_code == 200, answer.text
        listed: list[dict[str, Any]] = (answer.json or {})["pesan"]
        return listed

    def post(self, path: str, sub: str, body: Mapping[str, Any] | None = None, **claims: Any) -> TestResponse:
        headers = bearer(self.settings, sub=sub, **({"peran": "warga"} | claims))
        return self.client.post(path, json=body, headers=headers | {"Idempotency-Key": new_id()})

    def caller(self, sub: str, peran: str, *wilayah: str) -> dict[str, str]:
        return bearer(self.settings, sub=sub, peran=peran, wilayah=list(wilayah))

    def _waiting(self) -> int:
        exists = {"exists": True}
        return sum(
            self.app.documents.count(name, {f"due.{clock}": exists})
            for name in ("kabar", "kabar_pejabat")
            for clock in ("real", "office")
        )
