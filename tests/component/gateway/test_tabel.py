"""Every cell of the table of rights for the gateway's own operations; and that the table is whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.causes import Cause
from chassis.ids import new_id
from ekel import wewenang as tabel
from gateway.akun import akun, nomor
from gateway.bootstrap import KEYS
from support import wewenang
from support.either import EITHER, settings
from support.tree import SERVICES
from support.wewenang import CONTRACTS, OFFICE, TABLE, Minta, Pintu
from web.pseudonyms import ensure
from web.tokens import ensure_keys

ROWS = TABLE.of("gateway")
TARGET = "kasi.contoh"
CONTACT = {"jenis": "email", "nilai": "sekarwangi@warga.example"}
BODIES = {
    "POST /v1/masuk/warga": CONTACT,
    "POST /v1/masuk/warga/kode": {"permintaan": "tidak-ada-permintaan", "kode": "123456"},
    "POST /v1/masuk/warga/pin": {"nomor": "1234-5678-9012", "pin": "123456"},
    "POST /v1/masuk/kirim-ulang": CONTACT,
    "POST /v1/masuk/petugas": {"akun": "tiada", "sandi": "salah"},
    "POST /v1/masuk/petugas/totp": {"akun": "tiada", "sandi": "salah"},
    "POST /v1/masuk/oidc/selesai": {"permintaan": "x" * 30, "code": "x", "state": "x"},
    "POST /v1/masuk/konfirmasi": {"sandi": "salah", "ids": [new_id()]},
    "POST /v1/saya/sandi": {"lama": "salah", "baru": "sandi baru yang panjang"},
    "POST /v1/warga": {"ktp_dilihat": True, "nik": "3276015203959001", "nama": "Sari Contohwati"},
    "POST /v1/warga/aktivasi": {"nomor": nomor.make(1), "kode": "ABCD-EFGH", "pin": "123456"},
    "POST /v1/saya/kontak": CONTACT,
    "POST /v1/saya/kontak/kode": {"permintaan": "tidak-ada-permintaan", "kode": "123456"},
    "POST /v1/sesi/ganti": {"akun": "bukan-keluarga"},
    "PATCH /v1/akun/{id}": {"nama": "Orang Lain"},
    "PUT /v1/detak": {"kantor": OFFICE},
}
AREA = ("GET /v1/peristiwa", "GET /v1/status", "GET /v1/statistik")


@pytest.fixture(scope="module", params=EITHER)
def pintu(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pintu]:
    folder = tmp_path_factory.mktemp("tabel")
    keys = folder / "keys"
    keys.mkdir()
    ensure_keys(keys, KEYS)
    ensure(keys)
    with Pintu(folder / "data", keys, settings(request)) as door:
        fields = {"nama": "Orang Contoh", "jenis": akun.PETUGAS, "peran": "kasi", "wilayah": [OFFICE]}
        door.app.direktori.change(TARGET, akun.baru(TARGET, fields), Cause.command("uji"))
        yield door


def minta(operation: str) -> Minta:
    path = operation.split(" ")[1]
    path = path.replace("{id}", TARGET if "akun" in path else "0123456789abcdef")
    if operation == "GET /v1/jejak":
        path += f"?permohonan={new_id()}"
    if "/v1/laporan" in path:
        path += f"?kantor={OFFICE}"
    if operation in AREA:
        path += f"?wilayah={OFFICE}"
    if operation == "POST /v1/token":
        form = {"grant_type": "client_credentials", "client_id": "tiada", "client_secret": "salah"}
        return Minta(path=path, form=form)
    if operation == "POST /v1/akun":
        new = {"akun": f"baru.{new_id()[-12:]}", "nama": "Orang Baru", "peran": "kasi", "wilayah": [OFFICE]}
        return Minta(path=path, json={**new, "sandi": "sandi-contoh-panjang"})
    return Minta(path=path, json=BODIES.get(operation))


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_not_is_refused(pintu: Pintu, operation: str) -> None:
    assert pintu.keliru(ROWS[operation], minta(operation), everybody=True) == []


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_is_not_refused(pintu: Pintu, operation: str) -> None:
    row, wrong = ROWS[operation], []
    for one in wewenang.boleh(row):
        answer = wewenang.tanya(pintu.client, operation, minta(operation), pintu.bearer(one))
        if not wewenang.tidak_ditolak(row, answer):
            wrong.append(f"{one.sub or one.peran}: {answer.status_code} {wewenang.slug(answer)}")
    pintu.forget()

    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_of_a_service_has_a_row(service: str) -> None:
    assert set(tabel.operations(CONTRACTS, service)) == set(TABLE.of(service)), (
        "contracts/wewenang.yaml says for every operation who may call it"
    )


def test_every_operation_of_the_public_door_has_a_row() -> None:
    proxied = {operation for service in SERVICES for operation in wewenang.umum(service)}

    assert set(tabel.operations(CONTRACTS, "gateway")) - proxied == set(ROWS)


def test_a_table_with_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown roles"):
        tabel._row("gateway", "GET /x", {"semua": ["walikota"]}, {}, {"warga"})
    with pytest.raises(ValueError, match="unknown \\['boleh'\\]"):
        tabel._row("gateway", "GET /x", {"boleh": ["warga"]}, {}, {"warga"})
