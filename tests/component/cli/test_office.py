"""`ekel office`: offices join by a city's file and the worker switches them on; what cannot be is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ekel.__main__ import app
from pengajuan import bootstrap
from pengajuan.entrypoints.timers import claims
from pengajuan.settings import Settings
from support.salinan import salin
from support.waiting import running

BOGOR = """
kota: {kode: "3271", nama: Kota Bogor}
kecamatan:
  - kode: "327101"
    nama: Bogor Selatan
    kelurahan:
      - {kode: "3271011006", nama: Contoh Hulu, kode_unit: "01.1006", kode_pos: "16131", aktif: true}
      - {kode: "3271011007", nama: Contoh Hilir, kode_unit: "01.1007"}
"""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EKEL_DATA", str(folder))
        patch.setenv("EKEL_ENV", "test")
        assert ekel("seed", "--reference").exit_code == 0
    return folder


@pytest.fixture
def data(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation as it was first seeded."""
    salin(seeded, tmp_path / "data")
    monkeypatch.setenv("EKEL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("EKEL_ENV", "test")
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "bogor.yaml").write_text(BOGOR)
    return str(tmp_path / "bogor.yaml")


def ekel(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@contextmanager
def worker(data: Path) -> Iterator[None]:
    """The part of pengajuan's worker that keeps promises."""
    built = bootstrap.build(Settings(env="test", data=data))
    with running(claims(built).run):
        yield
    built.close()


def test_offices_join_by_a_file_and_wait_for_the_worker(data: Path, file: str) -> None:
    early = ekel("office", "add", file, "--wait", "0")
    with worker(data):
        again = ekel("office", "add", file)
        other = ekel("office", "on", "3271011007", "3276021007")

    assert (early.exit_code, early.output) == (1, "3271011006: waits for the worker of pengajuan\n")
    assert (again.exit_code, again.output) == (0, "3271011006: aktif\n")
    assert (other.exit_code, other.output) == (0, "3271011007: aktif\n3276021007: aktif\n")
    listed = ekel("office", "list", "--wilayah", "3271").output.splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["327101", "aktif"],
        ["3271011006", "aktif"],
        ["3271011007", "aktif"],
    ]
    assert ekel("topics", "plan").output == "nothing to do\n"
    assert ekel("topics", "plan", "--all").exit_code == 2  # those that are prepared, of both cities


def test_what_no_office_has_is_not_switched_on(data: Path) -> None:
    for kode in ("3276019999", "327601"):
        refused = ekel("office", "on", kode)
        assert refused.exit_code == 2
        assert "no such kelurahan" in refused.output


def test_a_file_that_is_wrong_adds_nothing(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "salah.yaml"
    file.write_text(BOGOR.replace('"3271011007"', '"3276011007"'))

    refused = ekel("office", "add", str(file))

    assert (refused.exit_code, "harus diawali 327101" in refused.output) == (2, True)
    assert ekel("office", "list", "--wilayah", "3271").output == ""
    assert ekel("office", "add", str(tmp_path / "tidak-ada.yaml")).exit_code == 2


def test_an_empty_machine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKEL_DATA", str(tmp_path / "kosong"))
    monkeypatch.setenv("EKEL_ENV", "test")

    assert ekel("office", "list").exit_code == 2
    assert ekel("office", "on", "3276021007").exit_code == 2
