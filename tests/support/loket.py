"""One pengajuan with real engines and its callers; neighbours are played by events in the real log."""

from __future__ import annotations

import itertools
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chassis import lease, relay, worker
from chassis.envelope import Event, outgoing
from chassis.ports.events import Events
from pengajuan.bootstrap import SERVICE, App
from pengajuan.entrypoints.events import dispatcher
from pengajuan.entrypoints.timers import claims
from pengajuan.settings import Settings
from support.permohonan import ISIAN_SKDOM
from web.pseudonyms import Pseudonyms
from web.tokens import Signer

KODE = "3276011006"
NAMES = ["gateway", "pengajuan", "dokumen", "persetujuan", "notifikasi"]
SYARAT = ("PENGANTAR_RT_RW", "KTP", "KK")
WAKTU = "2026-01-15T03:05:00.000Z"


@dataclass
class Layanan:
    """The service under test with its callers and neighbours."""

    settings: Settings
    app: App
    events: Events
    client: FlaskClient
    keys: Path
    sequence: dict[tuple[str, str], int] = field(default_factory=dict)
    counter: Iterator[int] = field(default_factory=itertools.count)

    def token(self, sub: str, peran: str, **claims: Any) -> dict[str, str]:
        token = Signer(self.keys, "gateway").sign("layanan", 300, sub=sub, peran=peran, sid="s", **claims)
        return {"Authorization": f"Bearer {token}"}

    def warga(self, sub: str = "w-1", tingkat: str = "kontak") -> dict[str, str]:
        return self.token(sub, "warga", wilayah=[], tingkat=tingkat)

    def loket(self, sub: str = "loket.depok", kode: str = KODE, **claims: Any) -> dict[str, str]:
        return self.token(sub, "petugas_loket", wilayah=[kode], **claims)

    def samaran(self, kind: str, value: str) -> str:
        return Pseudonyms(self.keys).of(kind, value)

    def post(
        self, path: str, who: Mapping[str, str], body: Any = None, key: str | None = None
    ) -> TestResponse:
        headers = {**who, "Idempotency-Key": key or f"kunci-uji-{next(self.counter)}"}
        return self.client.post(path, json=body if body is not None else {}, headers=headers)

    def get(self, path: str, who: Mapping[str, str]) -> TestResponse:
        return self.client.get(path, headers=dict(who))

    def ajukan(
        self, who: Mapping[str, str] | None = None, *, cara: str = "unggah", **ganti: Any
    ) -> dict[str, Any]:
        """A filed SKDOM; the answer's JSON."""
        body = permohonan(cara=cara, **ganti)
        made = self.post("/v1/permohonan?ajukan=true", who or self.warga(), body)
        assert made.status_code == 201, made.text
        return dict(made.get_json())

    def kasus(self, id: str) -> dict[str, Any]:
        return dict(self.get(f"/v1/permohonan/{id}", self.loket()).get_json())

    def tanda(self, id: str, syarat: str, *, putaran: int = 1, petugas: str = "loket.depok") -> str:
        return Signer(self.keys, "dokumen").sign(
            "pengajuan",
            43200,
            jenis="lihat",
            permohonan=id,
            berkas=berkas(id, syarat, putaran),
            syarat=syarat,
            sha256="b" * 64,
            putaran=putaran,
            petugas=petugas,
        )

    def lengkap(self, id: str, putaran: int = 1, **options: Any) -> TestResponse:
        body = {"hasil": "lengkap", "tanda_lihat": [self.tanda(id, s, putaran=putaran) for s in SYARAT]}
        return self.post(f"/v1/permohonan/{id}/periksa", self.loket(), {**body, **options})

    def neighbour(
        self, service: str, name: str, id: str, data: Mapping[str, Any], *, skip: int = 0, kode: str = KODE
    ) -> Event:
        """An event as `service` would send it next about this application; `skip` leaves a hole before it."""
        kind = self.app.contracts.sent_by(service, name)
        number = self.sequence.get((service, id), 0) + 1 + skip
        self.sequence[service, id] = number
        return Event(
            source=service,
            type=kind.type,
            family=kind.family.name,
            scope=kode,
            subject=id,
            sequence=number,
            time=WAKTU,
            correlation=id,
            causation="uji",
            data=data,
        )

    def append(self, *events: Event) -> None:
        kinds = self.app.contracts.types
        publisher = self.events.publisher()
        publisher.publish([outgoing(e, kinds[e.type], "kelurahan") for e in events]).wait(60)
        publisher.close()

    def tell(self, service: str, name: str, id: str, data: Mapping[str, Any], **options: Any) -> None:
        self.append(self.neighbour(service, name, id, data, **options))

    def log(self, family: str = "peristiwa", kode: str = KODE) -> list[Any]:
        topic = self.app.contracts.families[family].topic(kode).name
        return self.events.read(topic, 0, 1000)

    def told(self, id: str, family: str = "peristiwa") -> list[str]:
        """Short names of our events about this application."""
        types = self.app.contracts.types
        return [
            types[r.headers["ce_type"]].name
            for r in self.log(family)
            if r.headers["ce_subject"] == id and r.headers["ce_source"] == "/pengajuan"
        ]


def permohonan(*, cara: str = "unggah", **ganti: Any) -> dict[str, Any]:
    return {
        "layanan": "SKDOM",
        "kantor": KODE,
        "jawaban": {**ISIAN_SKDOM},
        "syarat": [{"kode": s, "cara": cara, **_mengapa(cara)} for s in SYARAT],
        "pernyataan_benar": True,
        **ganti,
    }


def _mengapa(cara: str) -> dict[str, str]:
    return {"alasan": "Terendam banjir"} if cara == "tidak_punya" else {}


def berkas(id: str, syarat: str, putaran: int = 1) -> str:
    """A paper's id: the same in the event and in the receipt."""
    number = zlib.crc32(syarat.encode()) % 100
    return f"{id[:-4]}{number:02d}{putaran:02d}"


def bersih(id: str, syarat: str, putaran: int = 1) -> dict[str, Any]:
    """Data of berkas.diterima."""
    return {
        "berkas": berkas(id, syarat, putaran),
        "syarat": syarat,
        "putaran": putaran,
        "sha256": "b" * 64,
        "jenis": "jpeg",
        "ukuran": 1000,
        "halaman": 1,
        "waktu": WAKTU,
    }


def loops(layanan: Layanan) -> tuple[Callable[[threading.Event], None], ...]:
    """What a worker runs in threads."""
    app, events = layanan.app, layanan.events
    told = dispatcher(app.lingkup, app.contracts)
    return (
        relay.Relay(SERVICE, app.documents, events, lease.Lease(app.documents, "relay"), app.metrics).run,
        worker.Worker(events, told, app.metrics).run,
        claims(app).run,
    )
