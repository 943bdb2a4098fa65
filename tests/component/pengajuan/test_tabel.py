"""Every cell of the table of rights, at pengajuan itself and through the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.ids import new_id
from pengajuan import bootstrap, roles
from pengajuan.entrypoints.http.application import flask_app
from pengajuan.settings import Settings
from support import either, wewenang
from support.either import EITHER, places
from support.loket import SYARAT, Layanan, permohonan
from support.permohonan import ISIAN_SKDOM
from support.salinan import salin
from support.wewenang import OFFICE, OWNER, TABLE, Minta, Orang, Pintu

ROWS = TABLE.of("pengajuan")
KANTOR_BARU = {
    "kota": {"kode": "3276", "nama": "Kota Depok"},
    "kecamatan": [
        {
            "kode": "327601",
            "nama": "Pancoran Mas",
            "kelurahan": [{"kode": OFFICE, "nama": "Depok", "kode_unit": "01.1006"}],
        }
    ],
}


@pytest.fixture(scope="module", params=EITHER)
def kantor(
    request: pytest.FixtureRequest, benih: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Layanan]:
    """No worker runs: cases stay where they are."""
    folder = tmp_path_factory.mktemp("wewenang")
    salin(benih, folder / "data")
    places: dict[str, Any] = either.settings(request)
    settings = Settings(env="test", data=folder / "data", **places)
    if places:  # servers cannot be copied
        roles.migrate(settings)
        roles.seed(settings, demo=True)
    app = bootstrap.build(settings)
    events = app.open_events()
    yield Layanan(settings, app, events, flask_app(app).test_client(), settings.key_folder())
    events.close()
    app.close()


@pytest.fixture(scope="module")
def kasus(kantor: Layanan) -> str:
    """A filed case of a resident."""
    return str(kantor.ajukan(kantor.warga(OWNER))["id"])


@pytest.fixture(scope="module")
def pintu(kantor: Layanan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pintu]:
    flask = flask_app(kantor.app)
    with Pintu(
        tmp_path_factory.mktemp("pintu"), kantor.keys, places(kantor.settings), pengajuan=flask
    ) as door:
        yield door


def minta(operation: str, id: str) -> Minta:
    path = operation.split(" ")[1].replace("{id}", id)
    if path.startswith("/v1/kantor"):
        path = path.replace("{kode}", OFFICE).replace("{layanan}", "SKBM")
    path = path.replace("{kode}", "SKDOM")
    if operation == "GET /v1/jejak":
        path += f"?permohonan={id}"
    if path.startswith("/v1/register"):
        path += f"?kantor={OFFICE}"
    new = {**permohonan(), "pemohon": {"nama": "Sari Contohwati"}}
    papers = [{"kode": s, "cara": "unggah"} for s in SYARAT]
    body = {
        "POST /v1/kantor": KANTOR_BARU,
        "PATCH /v1/kantor/{kode}": {"telepon": "(021) 5550 0106"},
        "PUT /v1/kantor/{kode}/layanan/{layanan}": {"dibuka": True},
        "POST /v1/lacak": {"nomor_resi": "011006-7KQM-2XPA-D", "rahasia": "x"},
        "POST /v1/permohonan": new,
        "PATCH /v1/permohonan/{id}": {"jawaban": {"rt": "003"}},
        "POST /v1/permohonan/{id}/ajukan": {"syarat": papers, "pernyataan_benar": True},
        "POST /v1/permohonan/{id}/periksa": {"hasil": "kurang"},
        "POST /v1/permohonan/{id}/koreksi": {"jawaban": {"rt": "003"}, "berkas": new_id()},
        "POST /v1/kantor/{kode}/pengurus": {
            "rw": "008",
            "nama": "Ketua Contoh",
            "telepon": "0812 5550 0108",
        },
        "POST /v1/permohonan/{id}/teruskan": {"rujukan": "1/CONTOH", "tanggal": "2026-01-15"},
        "POST /v1/permohonan/{id}/hasil": {"hasil": "selesai"},
        "POST /v1/permohonan/{id}/pindah": {"kantor": OFFICE},
    }.get(operation)
    posted = operation.startswith("POST")
    return Minta(path=path, json=body if body is not None else {} if posted else None)


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_not_is_refused(kantor: Layanan, kasus: str, operation: str) -> None:
    row = ROWS[operation]

    assert wewenang.keliru(row, kantor.client, minta(operation, kasus), kantor.keys) == []


@pytest.mark.parametrize("operation", wewenang.umum("pengajuan"))
def test_who_may_not_is_refused_through_the_gateway(pintu: Pintu, kasus: str, operation: str) -> None:
    assert pintu.keliru(ROWS[operation], minta(operation, kasus)) == []


@pytest.mark.parametrize("operation", [o for o, row in ROWS.items() if row.own])
def test_nobody_acts_on_his_own_or_his_family_s_case(kantor: Layanan, kasus: str, operation: str) -> None:
    row = ROWS[operation]
    own = {"nik_h": kantor.samaran("nik", str(ISIAN_SKDOM["nik"]))}
    family = {"kk_h": kantor.samaran("kk", str(ISIAN_SKDOM["no_kk"]))}
    for one in wewenang.boleh(row):
        for claims in (own, family):
            who = wewenang.bearer(kantor.keys, one, **claims)
            answer = wewenang.tanya(kantor.client, operation, minta(operation, kasus), who)
            assert answer.status_code == row.own, answer.text


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_is_not_refused(kantor: Layanan, kasus: str, operation: str) -> None:
    row = ROWS[operation]

    assert wewenang.terhalang(row, kantor.client, minta(operation, kasus), kantor.keys) == []


def test_a_draft_is_seen_by_who_makes_it_alone(kantor: Layanan) -> None:
    draft = kantor.post("/v1/permohonan", kantor.warga(OWNER), permohonan()).get_json()["id"]
    row = ROWS["GET /v1/permohonan/{id}"]
    for one in wewenang.boleh(row):
        who = wewenang.bearer(kantor.keys, one)
        answer = wewenang.tanya(kantor.client, row.operation, minta(row.operation, draft), who)
        assert (answer.status_code == 200) is (one == Orang(peran="warga", inside=True, sub=OWNER))


@pytest.mark.parametrize("operation", wewenang.dibaca("pengajuan"))
def test_every_reading_is_found_in_the_chain(kantor: Layanan, kasus: str, operation: str) -> None:
    asked = minta(operation, kasus)

    assert wewenang.tercatat(ROWS[operation], kantor.client, asked, kantor.keys, kantor.app.chain)
