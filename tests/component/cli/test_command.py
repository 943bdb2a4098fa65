"""The command as an operator meets it: help, refusals, the clock, status without a system."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chassis.settings import Settings
from ekel.__main__ import app

COMMANDS = (
    *("up", "seed", "demo", "check", "case", "status"),
    *("access", "account", "clock", "contracts", "dlq", "topics"),
)


@pytest.fixture
def ekel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("EKEL_DATA", str(tmp_path))
    monkeypatch.setenv("EKEL_ENV", "test")
    return CliRunner()


def test_help_names_every_command(ekel: CliRunner) -> None:
    shown = ekel.invoke(app, ["--help"]).output

    assert [name for name in COMMANDS if f" {name} " not in shown] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(ekel: CliRunner, command: str) -> None:
    result = ekel.invoke(app, [command, "--help"])

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_demo_data_is_refused_in_production(ekel: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKEL_ENV", "production")

    result = ekel.invoke(app, ["seed", "--demo"])

    assert result.exit_code == 2
    assert "refused" in result.output


def test_seeding_nothing_is_an_error(ekel: CliRunner) -> None:
    assert ekel.invoke(app, ["seed"]).exit_code == 2


def test_the_office_clock_moves_for_every_process(ekel: CliRunner, tmp_path: Path) -> None:
    clock = Settings(env="test", data=tmp_path).clock()
    before = clock.now()

    assert ekel.invoke(app, ["clock", "shift", "3"]).exit_code == 0
    assert timedelta(days=2.9) < clock.now() - before < timedelta(days=3.1)
    assert ekel.invoke(app, ["clock", "shift", "--to", "2026-01-15T10:00"]).exit_code == 0
    assert clock.now().isoformat().startswith("2026-01-15T10:00")
    assert ekel.invoke(app, ["clock", "reset"]).exit_code == 0
    assert clock.now() - before < timedelta(hours=1)


def test_the_office_clock_stands_still_in_production(
    ekel: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EKEL_ENV", "production")

    assert ekel.invoke(app, ["clock", "shift", "1"]).exit_code == 2


def test_status_says_that_nothing_runs(ekel: CliRunner) -> None:
    result = ekel.invoke(app, ["status"])

    assert result.exit_code == 1
    assert "not running" in result.output


def test_status_tells_a_dead_role(ekel: CliRunner, tmp_path: Path) -> None:
    # 2^22 is the largest pid a Linux kernel gives; one more cannot run.
    role = {"pid": 2**22 + 1, "internal": "http://127.0.0.1:9", "public": None, "started": "", "restarts": 0}
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "roles.json").write_text(
        json.dumps({"gateway": "http://x", "roles": {"a-http": role}})
    )

    result = ekel.invoke(app, ["status", "--json"])

    assert result.exit_code == 1
    assert json.loads(result.output)["roles"]["a-http"]["alive"] is False


def test_the_demo_needs_a_running_system(ekel: CliRunner) -> None:
    assert ekel.invoke(app, ["demo"]).exit_code == 1


def test_a_case_nobody_knows_is_not_found(ekel: CliRunner) -> None:
    assert ekel.invoke(app, ["case", "011008-2222-2222-2"]).exit_code == 1


def test_a_case_is_told_without_personal_data(
    ekel: CliRunner, office: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from support.small_office import CASE

    monkeypatch.setenv("EKEL_DATA", str(office.data))

    result = ekel.invoke(app, ["case", CASE])

    assert result.exit_code == 0
    assert "permohonan.dinyatakan_lengkap" in result.output
    assert "persetujuan" in result.output
    assert "Contoh" not in result.output
    assert "3276055203959001" not in result.output


def test_nothing_is_parked_in_a_sound_office(
    ekel: CliRunner, office: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EKEL_DATA", str(office.data))

    assert "nothing is parked" in ekel.invoke(app, ["dlq", "list"]).output
