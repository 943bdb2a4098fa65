"""The sample subscriber of docs/examples, as another system would run it beside a running installation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.system import System
from support.tree import ROOT

pytestmark = pytest.mark.slow
SAMPLES = sorted((ROOT / "docs/examples").glob("subscriber_*.py"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.stem)
def test_a_sample_has_less_than_thirty_lines(sample: Path) -> None:
    assert len(sample.read_text().splitlines()) < 30


def test_the_http_sample_catches_up_and_goes_on_from_its_cursor(system: System, tmp_path: Path) -> None:
    granted = system.ekel("access", "grant", "uji-http", "--wilayah", "327601")
    assert granted.returncode == 0, granted.stdout + granted.stderr
    secret = dict(line.split("=", 1) for line in granted.stdout.splitlines())
    assert system.demo("--quiet").returncode == 0
    system.check()

    first, nothing = _run(system, secret, tmp_path), _run(system, secret, tmp_path)
    assert system.demo("--quiet").returncode == 0
    system.check()
    then = _run(system, secret, tmp_path)

    assert any(line.split()[2].endswith("surat.diterbitkan.v1") for line in first)
    assert nothing == []
    assert then != []
    assert not set(first) & set(then)
    (tmp_path / "kursor").unlink()
    assert _run(system, secret, tmp_path) == first + then


def _run(system: System, secret: dict[str, str], folder: Path) -> list[str]:
    environment = {
        **os.environ,
        "EKEL_API": f"{system.url}/v1",
        "CLIENT_ID": secret["client_id"],
        "CLIENT_SECRET": secret["client_secret"],
    }
    program = [
        sys.executable,
        str(ROOT / "docs/examples/subscriber_http.py"),
        str(folder / "kursor"),
        "--once",
    ]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
