"""What is generated from code is up to date, valid by its official schema, and staleness is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openapi_spec_validator import validate
from typer.testing import CliRunner

from chassis.contracts import read_yaml
from ekel.__main__ import app
from ekel.deployables import DEPLOYABLES
from support.tree import ROOT

SETTINGS = ROOT / "contracts" / "settings.json"


def test_every_generated_file_is_up_to_date() -> None:
    result = CliRunner().invoke(app, ["contracts", "--check"])

    assert result.exit_code == 0, result.output


def test_a_stale_file_is_told_and_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    monkeypatch.setenv("EKEL_CONTRACTS", str(tmp_path / "contracts"))
    (tmp_path / "contracts" / "openapi" / "pengajuan.yaml").write_text("openapi: 3.0.0\n")

    told = CliRunner().invoke(app, ["contracts", "--check"])
    written = CliRunner().invoke(app, ["contracts"])

    assert told.exit_code == 1
    assert "stale: contracts/openapi/pengajuan.yaml" in told.output
    assert written.exit_code == 0
    assert CliRunner().invoke(app, ["contracts", "--check"]).exit_code == 0


@pytest.mark.parametrize("name", DEPLOYABLES)
def test_openapi_documents_are_valid(name: str) -> None:
    spec = read_yaml(ROOT / "contracts" / "openapi" / f"{name}.yaml")

    assert spec["openapi"].startswith("3.1")
    validate(spec)


def test_the_public_document_holds_every_path_of_the_walk() -> None:
    paths = read_yaml(ROOT / "contracts" / "openapi" / "gateway.yaml")["paths"]

    walked = ("/v1/permohonan", "/v1/berkas", "/v1/tugas", "/v1/surat", "/v1/verifikasi", "/v1/pesan")
    assert [path for path in walked if path not in paths] == []


def test_every_setting_says_what_it_means() -> None:
    listed = json.loads(SETTINGS.read_text())

    assert [entry["name"] for entry in listed if not entry["description"]] == []
