"""Every cell of the table of rights, at persetujuan itself and through the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import wewenang
from support.either import EITHER, places, settings
from support.meja import KK, NIK, Meja
from support.wewenang import OFFICE, TABLE, Minta, Pintu

ROWS = TABLE.of("persetujuan")
PEJABAT = {
    "seklur.depok": {"peran": "seklur", "jabatan": "Sekretaris Kelurahan Depok"},
    "lurah.depok": {"peran": "lurah", "jabatan": "Lurah Depok"},
}
WAKIL = {
    "akun": "seklur.depok",
    "peran": "lurah",
    "kantor": OFFICE,
    "cara": "plh",
    "mulai": "2026-01-15",
    "sampai": "2026-01-16",
    "dasar": "800/12-UMUM/2026",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    meja: Meja
    kasus: str
    tugas: str
    wakil: str

    @property
    def keys(self) -> Path:
        return self.meja.settings.key_folder()


@pytest.fixture(scope="module", params=EITHER)
def isi(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Isi]:
    """A task that waits for the kasi, and a deputy of the lurah."""
    with Meja(tmp_path_factory.mktemp("tabel"), **settings(request)) as meja:
        for akun, known in PEJABAT.items():
            body = {"nama": "Contoh Pejabat", "kantor": OFFICE, **known}
            saved = meja.put("admin_kantor", f"/v1/pejabat/{akun}", body, **{"If-None-Match": "*"})
            assert saved.status_code == 200, saved.text
        who = meja._caller("admin_kecamatan")
        made = wewenang.tanya(meja.client, "POST", Minta(path="/v1/delegasi", json=WAKIL), who)
        assert made.json is not None, made.text
        case = meja.mulai()
        task = meja.kasus(case)["terbuka"]["id"]
        yield Isi(meja=meja, kasus=case, tugas=task, wakil=made.json["id"])


@pytest.fixture(scope="module")
def pintu(isi: Isi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pintu]:
    with Pintu(
        tmp_path_factory.mktemp("pintu"), isi.keys, places(isi.meja.settings), persetujuan=isi.meja.flask
    ) as door:
        yield door


def minta(operation: str, isi: Isi) -> Minta:
    path = operation.split(" ")[1].replace("{akun}", "seklur.depok")
    path = path.replace("{id}", isi.wakil if "delegasi" in path else isi.tugas)
    if operation in ("GET /v1/pejabat", "GET /v1/delegasi"):
        path += f"?kantor={OFFICE}"
    if operation in ("GET /v1/jejak", "GET /v1/tugas/ditunggu"):
        path += f"?permohonan={isi.kasus}"
    body = {
        "PUT /v1/pejabat/{akun}": {"nama": "Contoh Pejabat", "kantor": OFFICE, **PEJABAT["seklur.depok"]},
        "POST /v1/delegasi": {**WAKIL, "mulai": "2026-02-15", "sampai": "2026-02-16"},
        "POST /v1/tugas/{id}/keputusan": {"keputusan": "paraf"},
        "POST /v1/tugas/{id}/catatan": {"teks": "Sudah dicek ke RT."},
        "POST /v1/tugas/ditunggu": {"permohonan": isi.kasus, "menunggu_di_loket": True},
        "POST /v1/keputusan-massal": {"ids": [isi.tugas], "keputusan": "paraf"},
    }.get(operation)
    return Minta(path=path, json=body)


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_not_is_refused(isi: Isi, operation: str) -> None:
    assert wewenang.keliru(ROWS[operation], isi.meja.client, minta(operation, isi), isi.keys) == []


@pytest.mark.parametrize("operation", wewenang.umum("persetujuan"))
def test_who_may_not_is_refused_through_the_gateway(pintu: Pintu, isi: Isi, operation: str) -> None:
    assert pintu.keliru(ROWS[operation], minta(operation, isi)) == []


@pytest.mark.parametrize("operation", [o for o, row in ROWS.items() if row.own])
def test_nobody_decides_his_own_or_his_family_s_case(isi: Isi, operation: str) -> None:
    row = ROWS[operation]
    for one in wewenang.boleh(row):
        for claims in ({"nik_h": isi.meja.samar("nik", NIK)}, {"kk_h": isi.meja.samar("kk", KK)}):
            who = wewenang.bearer(isi.keys, one, **claims)
            answer = wewenang.tanya(isi.meja.client, operation, minta(operation, isi), who)
            assert answer.status_code == row.own, answer.text


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_is_not_refused(isi: Isi, operation: str) -> None:
    assert wewenang.terhalang(ROWS[operation], isi.meja.client, minta(operation, isi), isi.keys) == []


@pytest.mark.parametrize("operation", wewenang.dibaca("persetujuan"))
def test_every_reading_is_found_in_the_chain(isi: Isi, operation: str) -> None:
    asked = minta(operation, isi)

    assert wewenang.tercatat(ROWS[operation], isi.meja.client, asked, isi.keys, isi.meja.app.chain)
