"""Every cell of the table of rights, at notifikasi itself and through the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from chassis.ids import new_id
from notifikasi.entrypoints.http.aplikasi import create
from support import wewenang
from support.either import EITHER, places, settings
from support.kurir import Kurir
from support.wewenang import TABLE, Minta, Pintu

ROWS = TABLE.of("notifikasi")
PUBLIC = wewenang.umum("notifikasi")
CASE = {"permohonan": new_id(), "nomor_resi": "011006-7KQM-2XPA-D", "layanan": "SKDOM"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    kurir: Kurir
    pesan: str
    permohonan: str

    @property
    def keys(self) -> Path:
        return self.kurir.settings.key_folder()


@pytest.fixture(scope="module", params=EITHER)
def isi(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Isi]:
    """A resident with a message."""
    with Kurir(tmp_path_factory.mktemp("tabel"), **settings(request)) as kurir:
        kurir.kantor()
        kurir.ajukan()
        kurir.quiet()
        first = kurir.pesan()[0]
        yield Isi(kurir=kurir, pesan=first["id"], permohonan=first["permohonan"])


@pytest.fixture(scope="module")
def pintu(isi: Isi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pintu]:
    flask = create(isi.kurir.app)
    with Pintu(
        tmp_path_factory.mktemp("pintu"), isi.keys, places(isi.kurir.settings), notifikasi=flask
    ) as door:
        yield door


def minta(operation: str, isi: Isi) -> Minta:
    to = {"jenis": "email", "tujuan": "sekarwangi@warga.example"}
    body = {
        "POST /v1/kode": {**to, "kode": "123456", "berlaku_menit": 10},
        "POST /v1/tautan": {**to, "id": new_id(), "kasus": [CASE]},
        "POST /v1/pesan/{id}/kirim-ulang": {"permohonan": isi.permohonan},
        "POST /v1/templat/{kode}/pratinjau": {},
    }.get(operation)
    path = operation.split(" ")[1].replace("{id}", isi.pesan).replace("{kode}", "diterima")
    if operation == "GET /v1/pesan/kiriman":
        path += f"?permohonan={isi.permohonan}"
    return Minta(path=path, json=body)


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_not_is_refused(isi: Isi, operation: str) -> None:
    assert wewenang.keliru(ROWS[operation], isi.kurir.client, minta(operation, isi), isi.keys) == []


@pytest.mark.parametrize("operation", PUBLIC)
def test_who_may_not_is_refused_through_the_gateway(pintu: Pintu, isi: Isi, operation: str) -> None:
    assert pintu.keliru(ROWS[operation], minta(operation, isi)) == []


@pytest.mark.parametrize("operation", [o for o in ROWS if o not in PUBLIC])
def test_what_only_the_gateway_asks_has_no_public_path(pintu: Pintu, isi: Isi, operation: str) -> None:
    for one in wewenang.semua():
        answer = wewenang.tanya(pintu.client, operation, minta(operation, isi), pintu.bearer(one))
        assert answer.status_code == 404


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_is_not_refused(isi: Isi, operation: str) -> None:
    assert wewenang.terhalang(ROWS[operation], isi.kurir.client, minta(operation, isi), isi.keys) == []


@pytest.mark.parametrize("operation", wewenang.dibaca("notifikasi"))
def test_every_reading_is_found_in_the_chain(isi: Isi, operation: str) -> None:
    asked = minta(operation, isi)

    assert wewenang.tercatat(ROWS[operation], isi.kurir.client, asked, isi.keys, isi.kurir.app.chain)
