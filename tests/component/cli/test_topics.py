"""`ekel topics` on the embedded log: the plan writes nothing, applying is safe to repeat."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chassis.settings import Settings
from ekel.__main__ import app
from engines.open import open_events

OFFICE = "3276011006"


@pytest.fixture
def ekel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("EKEL_DATA", str(tmp_path))
    monkeypatch.setenv("EKEL_ENV", "test")
    return CliRunner()


def test_the_plan_of_an_empty_machine_lists_everything_and_writes_nothing(
    ekel: CliRunner, tmp_path: Path
) -> None:
    planned = ekel.invoke(app, ["topics", "plan", "--kelurahan", OFFICE])

    assert planned.exit_code == 2
    assert f"+ ekelurahan.pribadi.v1.{OFFICE}" in planned.output
    assert "5 to create" in planned.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_applied_is_planned_no_more(ekel: CliRunner, tmp_path: Path) -> None:
    assert ekel.invoke(app, ["topics", "apply", "--all"]).exit_code == 0

    events = open_events(Settings(env="test", data=tmp_path).events())
    assert len(events.topics("ekelurahan.peristiwa.v1.")) == 63
    events.close()
    assert ekel.invoke(app, ["topics", "plan", "--all"]).exit_code == 0
    assert ekel.invoke(app, ["topics", "apply", "--kelurahan", OFFICE]).output == "nothing to do\n"


def test_a_code_that_no_office_has_makes_no_topic(ekel: CliRunner) -> None:
    refused = ekel.invoke(app, ["topics", "apply", "--kelurahan", "3276019999"])

    assert refused.exit_code == 1
    assert "no such kelurahan: 3276019999" in refused.output


def test_active_offices_are_known_only_after_seeding(ekel: CliRunner) -> None:
    assert ekel.invoke(app, ["topics", "plan"]).exit_code == 1


def test_without_options_the_active_offices_are_meant(ekel: CliRunner) -> None:
    assert ekel.invoke(app, ["seed", "--reference"]).exit_code == 0

    assert ekel.invoke(app, ["topics", "plan"]).output == "nothing to do\n"
