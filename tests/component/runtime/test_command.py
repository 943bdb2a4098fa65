"""`python -m <service>` looks after the stores with the same words everywhere."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from support.tree import ROOT, SERVICES


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded folder of state."""
    folder = tmp_path_factory.mktemp("data")
    done = subprocess.run(
        [sys.executable, "-m", "ekel", "seed", "--demo"],
        env={**os.environ, "EKEL_ENV": "test", "EKEL_DATA": str(folder)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return folder


class Command:
    """`python -m <service> <words>` in this process: a new one would only cost what importing costs."""

    def __init__(self, data: Path, patch: pytest.MonkeyPatch, printed: pytest.CaptureFixture[str]) -> None:
        patch.setenv("EKEL_ENV", "test")
        patch.setenv("EKEL_DATA", str(data))
        self._patch, self._printed = patch, printed

    def __call__(self, service: str, *words: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        self._patch.setattr(sys, "argv", [service, *words])
        with pytest.raises(SystemExit) as ended:
            runpy.run_module(service, run_name="__main__", alter_sys=True)
        assert isinstance(ended.value.code, int)
        return (ended.value.code, *self._printed.readouterr())


@pytest.fixture
def command(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(data, monkeypatch, capsys)


@pytest.mark.parametrize("deployable", [*SERVICES, "gateway"])
def test_a_missing_key_is_named_with_the_command_that_makes_it(
    command: Command, deployable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EKEL_KEYS", str(tmp_path / "keys"))

    code, _, complaint = command(deployable, "check")

    assert code == 1
    assert complaint.startswith(f"{deployable} check: {tmp_path}/keys/")
    assert "ekel keys make" in complaint


@pytest.mark.parametrize("service", SERVICES)
def test_migrating_and_seeding_again_changes_nothing(command: Command, service: str) -> None:
    before = json.loads(command(service, "check")[1])["hash"]

    done = [command(service, *words) for words in (["migrate"], ["seed", "reference"], ["seed", "demo"])]

    assert [code for code, *_ in done] == [0, 0, 0], done
    assert json.loads(command(service, "check")[1])["hash"] == before


@pytest.mark.parametrize("service", [*SERVICES, "gateway"])
def test_nothing_parked_is_an_empty_list_and_no_id_can_be_replayed(command: Command, service: str) -> None:
    code, listed, _ = command(service, "dead-letters", "list")
    refused, _, why = command(service, "dead-letters", "replay", "019900a1-0000-7000-8000-0000000000a1")

    assert (code, json.loads(listed)) == (0, [])
    assert (refused, "nothing is parked" in why) == (2, True)
