"""The sample subscriber of docs/examples, as another system would run it beside a running installation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.either import on_either
from support.system import System
from support.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
CLIENT = ("client_id", "client_secret")
SAMPLES = sorted((ROOT / "docs/examples").glob("subscriber_*.py"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.stem)
def test_a_sample_has_less_than_thirty_lines(sample: Path) -> None:
    assert len(sample.read_text().splitlines()) < 30


@on_either("system")
def test_the_http_sample_catches_up_and_goes_on_from_its_cursor(system: System, tmp_path: Path) -> None:
    secret = _granted(system, "uji-http")
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


@pytest.mark.needs_engines
def test_the_kafka_sample_reads_of_its_area_what_the_http_sample_reads(town: System, tmp_path: Path) -> None:
    secret = _granted(town, "uji-kafka")
    assert town.demo("--quiet").returncode == 0
    town.check()
    broker = town.environment["KAFKA_SASL_URL"].removeprefix("kafka://").partition("?")[0]
    place = {"KAFKA_SECURITY": "SASL_PLAINTEXT", **{name.upper(): text for name, text in secret.items()}}

    read = _sample("kafka", place, broker, secret["kafka_topics"])

    # As sets: Kafka may show a repeat, and the lines do not tell it from another event of the same moment.
    assert set(read) == set(_run(town, secret, tmp_path))
    assert any(line.split()[2].endswith("surat.diterbitkan.v1") for line in read)
    assert _sample("kafka", place, broker, secret["kafka_topics"]) == []


def _granted(system: System, name: str) -> dict[str, str]:
    """What another system is told once."""
    granted = system.ekel("access", "grant", name, "--wilayah", "327601")
    assert granted.returncode == 0, granted.stdout + granted.stderr
    return dict(line.split("=", 1) for line in granted.stdout.splitlines())


def _run(system: System, secret: dict[str, str], folder: Path) -> list[str]:
    place = {"EKEL_API": f"{system.url}/v1", **{name.upper(): secret[name] for name in CLIENT}}
    return _sample("http", place, str(folder / "kursor"))


def _sample(kind: str, environment: dict[str, str], *arguments: str) -> list[str]:
    program = [sys.executable, str(ROOT / f"docs/examples/subscriber_{kind}.py"), *arguments, "--once"]
    environment = {**os.environ, **environment}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
