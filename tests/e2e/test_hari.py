"""A reduced day: every service, mistake and end once, by a process that opens nothing of the installation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.system import System
from support.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

WATCHED = """
import os, sys

state = os.path.realpath(os.environ["EKEL_DATA"])

def opened(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "sqlite3.connect") and isinstance(arguments[0], str | bytes):
        if os.path.realpath(os.fsdecode(arguments[0])).startswith(state):
            print("OPENED", arguments[0], file=sys.stderr, flush=True)

sys.addaudithook(opened)
"""
DAY = "from ekel.__main__ import main\nmain()"


def watched(system: System, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python program that tells on stderr what it opens under EKEL_DATA."""
    return subprocess.run(
        [sys.executable, "-c", WATCHED + program, *arguments],
        env=system.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=800,
    )


def test_a_reduced_day_is_as_planned_and_the_check_finds_nothing(system: System) -> None:
    asked = ("--url", system.url, "--scale", "0.05", "--speed", "2000", "--patience", "240")

    played = watched(system, DAY, "simulate-day", *asked)

    assert played.returncode == 0, played.stdout + played.stderr
    assert "unexpected" not in played.stdout
    assert "OPENED" not in played.stderr
    assert system.check()["wrong"] == []


def test_the_watch_over_the_folder_of_state_sees_an_open_file(system: System) -> None:
    file = Path(system.folder) / "up.log"

    done = watched(system, f"open({str(file)!r}).close()")

    assert "OPENED" in done.stderr
