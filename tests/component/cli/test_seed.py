"""Seeds on the real stores of all services; then what `ekel check` says of stores that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chassis.settings import Settings
from ekel.__main__ import app
from ekel.deployables import DEPLOYABLES
from engines.open import open_documents

Seeded = tuple[CliRunner, Path]


@pytest.fixture
def ekel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("EKEL_DATA", str(tmp_path))
    monkeypatch.setenv("EKEL_ENV", "test")
    return CliRunner()


def test_seeding_twice_changes_nothing_the_second_time(ekel: CliRunner, tmp_path: Path) -> None:
    assert ekel.invoke(app, ["seed", "--demo"]).exit_code == 0
    first = _unsent(tmp_path)
    assert ekel.invoke(app, ["seed", "--demo"]).exit_code == 0

    assert _unsent(tmp_path) == first
    assert first["pengajuan"] > 63


def test_demo_people_come_on_top_of_reference_data(ekel: CliRunner, tmp_path: Path) -> None:
    assert ekel.invoke(app, ["seed", "--reference"]).exit_code == 0
    before = _unsent(tmp_path)
    assert before["gateway"] == 0
    assert ekel.invoke(app, ["seed", "--demo"]).exit_code == 0

    assert _unsent(tmp_path)["gateway"] > 40


def test_the_first_administrator_is_made_once(ekel: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKEL_ENV", "production")
    monkeypatch.setenv("EKEL_ACCOUNT_PASSWORD", "kata-sandi-panjang")
    command = ["account", "create", "operator.depok", "--nama", "Contoh Pertama"]

    assert ekel.invoke(app, command).exit_code == 0
    assert ekel.invoke(app, command).exit_code == 1


def test_a_short_password_is_refused(ekel: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKEL_ACCOUNT_PASSWORD", "pendek")

    assert ekel.invoke(app, ["account", "create", "x", "--nama", "Contoh"]).exit_code == 2


@pytest.mark.parametrize("store", [*DEPLOYABLES, "log"])
def test_a_store_full_of_rubbish_is_never_fine(ekel: CliRunner, tmp_path: Path, store: str) -> None:
    assert ekel.invoke(app, ["seed", "--demo"]).exit_code == 0
    file = tmp_path / ("log.sqlite" if store == "log" else f"{store}/documents.sqlite")
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        part.unlink(missing_ok=True)
    file.write_bytes(b"rubbish" * 1000)

    assert ("C0", store) in _found(ekel)


@pytest.mark.parametrize("store", ["dokumen", "log"])
def test_a_store_that_is_gone_is_never_fine(ekel: CliRunner, tmp_path: Path, store: str) -> None:
    assert ekel.invoke(app, ["seed", "--demo"]).exit_code == 0
    (tmp_path / ("log.sqlite" if store == "log" else f"{store}/documents.sqlite")).unlink()

    assert ("C0", store) in _found(ekel)


def test_an_installation_that_never_was_is_never_fine(ekel: CliRunner) -> None:
    assert {id for invariant, id in _found(ekel) if invariant == "C0"} >= {*DEPLOYABLES, "log"}


def _found(ekel: CliRunner) -> list[tuple[str, str]]:
    result = ekel.invoke(app, ["check", "--wait", "0", "--json"])
    assert result.exit_code == 1, result.output
    report: dict[str, Any] = json.loads(result.output)
    return [(wrong["invariant"], wrong["id"]) for wrong in report["wrong"]]


def _unsent(folder: Path) -> dict[str, int]:
    """Unsent events per deployable; nothing runs here that would send them."""
    settings, found = Settings(env="test", data=folder), {}
    for name in DEPLOYABLES:
        documents = open_documents(settings.documents(name), name)
        found[name] = sum(len(documents.unsent(scope, 1000)) for scope in documents.waiting())
        documents.close()
    return found


def test_stores_are_readable_by_their_user_alone(ekel: CliRunner, tmp_path: Path) -> None:
    assert ekel.invoke(app, ["seed", "--reference"]).exit_code == 0

    made = [place for place in tmp_path.rglob("*") if not place.is_symlink()]
    assert len(made) > 20
    assert [place for place in made if place.stat().st_mode & 0o077] == []
