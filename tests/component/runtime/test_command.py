"""`python -m <service>` looks after the stores with the same words everywhere."""

from __future__ import annotations

import json
import os
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


def command(data: Path, service: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", service, *words],
        env={**os.environ, "EKEL_ENV": "test", "EKEL_DATA": str(data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("service", SERVICES)
def test_migrating_and_seeding_again_changes_nothing(data: Path, service: str) -> None:
    before = json.loads(command(data, service, "check").stdout)["hash"]

    done = [
        command(data, service, *words) for words in (["migrate"], ["seed", "reference"], ["seed", "demo"])
    ]

    assert [d.returncode for d in done] == [0, 0, 0], done
    assert json.loads(command(data, service, "check").stdout)["hash"] == before


@pytest.mark.parametrize("service", [*SERVICES, "gateway"])
def test_nothing_parked_is_an_empty_list_and_no_id_can_be_replayed(data: Path, service: str) -> None:
    listed = command(data, service, "dead-letters", "list")
    replayed = command(data, service, "dead-letters", "replay", "019900a1-0000-7000-8000-0000000000a1")

    assert (listed.returncode, json.loads(listed.stdout)) == (0, [])
    assert replayed.returncode == 2
    assert "nothing is parked" in replayed.stderr
