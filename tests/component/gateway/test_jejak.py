""" "Siapa melihat data saya": every service's audit chain of a case, read by its resident and the inspector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dokumen.entrypoints.http import aplikasi as dokumen
from pengajuan import bootstrap as pengajuan
from pengajuan import roles
from pengajuan.entrypoints.http.application import flask_app
from pengajuan.settings import Settings
from persetujuan import bootstrap as persetujuan
from persetujuan.entrypoints.http import aplikasi
from persetujuan.settings import Settings as SettingsPersetujuan
from support import either
from support.loket import Layanan
from support.ruang_surat import Ruang, foto
from support.wewenang import OFFICE, OWNER, Orang, Pintu

WARGA = Orang(peran="warga", inside=True, sub=OWNER)
LOKET = Orang(peran="petugas_loket", inside=True, sub="loket.depok", wilayah=(OFFICE,))
INSPEKTUR = Orang(peran="inspektur", inside=True, sub="inspektur.pancoranmas", wilayah=("327601",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    """One case, known to pengajuan and dokumen; persetujuan has not heard of it."""

    pintu: Pintu
    kasus: str
    berkas: str

    def get(self, one: Orang, path: str) -> Any:
        return self.pintu.client.get(path, headers=self.pintu.bearer(one))

    def jejak(self, one: Orang) -> Any:
        return self.get(one, f"/v1/jejak?permohonan={self.kasus}")


@pytest.fixture(scope="module", params=either.EITHER)
def isi(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Isi]:
    folder: Path = tmp_path_factory.mktemp("jejak")
    told: dict[str, Any] = {"env": "test", "data": folder, **either.settings(request)}
    with Ruang(folder, **told) as ruang:
        settings = Settings(**told)
        roles.migrate(settings)
        roles.seed(settings, demo=True)
        app, keys = pengajuan.build(settings), settings.key_folder()
        events, desk = app.open_events(), persetujuan.build(SettingsPersetujuan(**told))
        desk.migrate()
        office = Layanan(settings, app, events, flask_app(app).test_client(), keys)
        case = str(office.ajukan(office.warga(OWNER))["id"])
        ruang.diajukan(case)
        ruang.pribadi(case)
        paper = ruang.berkas(case, foto())["id"]
        flasks = {"pengajuan": flask_app(app), "dokumen": dokumen.create(ruang.app)}
        with Pintu(
            folder, keys, either.places(settings), **flasks, persetujuan=aplikasi.create(desk)
        ) as pintu:
            yield Isi(pintu=pintu, kasus=case, berkas=paper)
        for part in (events, app, desk):
            part.close()


def test_a_resident_reads_who_saw_his_case_and_papers_by_role_and_office(isi: Isi) -> None:
    assert isi.get(LOKET, f"/v1/permohonan/{isi.kasus}").status_code == 200
    assert isi.get(LOKET, f"/v1/berkas/{isi.berkas}/isi").status_code == 200

    answer = isi.jejak(WARGA)

    assert answer.status_code == 200, answer.text
    seen = [row for row in answer.json["jejak"] if row["peran"] == "petugas_loket"]
    assert [(r["layanan"], r["tindakan"], r["kantor"]) for r in seen] == [
        ("dokumen", "berkas.isi", OFFICE),
        ("pengajuan", "lihat_permohonan", OFFICE),
    ]
    assert (seen[0]["keterangan"], seen[0]["sendiri"]) == ("Membuka berkas", False)
    assert "loket.depok" not in answer.text
    assert "Orang Contoh" not in answer.text
    assert any(row["sendiri"] for row in answer.json["jejak"])


def test_the_inspector_also_reads_the_account(isi: Isi) -> None:
    isi.get(LOKET, f"/v1/permohonan/{isi.kasus}")

    rows = isi.jejak(INSPEKTUR).json["jejak"]

    assert "loket.depok" in {row["akun"] for row in rows}


def test_reading_the_trail_leaves_a_trail(isi: Isi) -> None:
    isi.jejak(INSPEKTUR)

    rows = isi.jejak(WARGA).json["jejak"]

    assert "inspektur" in {row["peran"] for row in rows if "jejak" in row["tindakan"]}


def test_nobody_else_reads_it(isi: Isi) -> None:
    stranger = Orang(peran="warga", inside=False, sub="w-0002")
    elsewhere = Orang(peran="inspektur", inside=False, sub="inspektur.sukmajaya", wilayah=("327605",))

    assert isi.jejak(stranger).status_code == 404
    assert isi.jejak(elsewhere).status_code == 403
    assert isi.jejak(LOKET).status_code == 403
    assert isi.pintu.client.get(f"/v1/jejak?permohonan={isi.kasus}").status_code == 401
    assert isi.get(WARGA, "/v1/jejak?permohonan=entah").status_code == 422
