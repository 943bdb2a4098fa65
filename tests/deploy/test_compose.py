"""docker-compose.yml as an operator starts it: healthy, two letters through restarts, a small day, watched, taken down.

Official images of the engines, or, with EKEL_TEST_COMPOSE=tests/deploy/engines/compose.yml, images built here. With
EKEL_TEST_BUILT=1 our own images are those that are there: what was released is tested, not what lies in the tree.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pytest_docker.plugin import Services

from support import monitoring
from support.deployment import roles
from support.tree import ROOT
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.needs_docker, pytest.mark.timeout(3600)]
OTHERS = os.environ.get("EKEL_TEST_COMPOSE", "")
BUILD = "" if os.environ.get("EKEL_TEST_BUILT") else "--build "
FILES = [ROOT / "docker-compose.yml", *([ROOT / OTHERS] if OTHERS else [])]
PROJECT = "ekelurahan-test"
GATEWAY = "http://gateway-http:8080"
STOPPED = (
    "pengajuan-worker",
    "dokumen-http",
    "persetujuan-worker",
    "kafka",
    "gateway-http",
    "dokumen-worker",
)


@pytest.fixture(scope="session")
def docker_compose_file() -> list[str]:
    return [str(file) for file in FILES]


@pytest.fixture(scope="session")
def docker_compose_project_name() -> str:
    return PROJECT


@pytest.fixture(scope="session")
def docker_setup() -> Iterator[list[str]]:
    """Fresh secrets, invented people, free ports. Not in pytest's folder: another session may clear that away."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        _prepare(Path(folder))
        chosen = {"EKEL_RAHASIA": folder, "EKEL_ENV": "demo", "EKEL_SEED": "--demo", "EKEL_TTE": "lokal"}
        ports = dict.fromkeys(("EKEL_PORT", "EKEL_STREAM_PORT", "EKEL_FRONTEND_PORT", "GRAFANA_PORT"), "0")
        for name, value in {**chosen, **ports, "COMPOSE_PROFILES": "core"}.items():
            patch.setenv(name, value)
        yield [f"up --detach {BUILD}--wait --wait-timeout 900"]


def _prepare(folder: Path) -> None:
    had_env = (ROOT / ".env").exists()
    subprocess.run([ROOT / "deploy/compose/prepare", folder], check=True)
    if not had_env:
        (ROOT / ".env").unlink()
    if OTHERS:  # its MongoDB knows no users
        (folder / "ekel_documents_url").unlink()
        (folder / "ekel_documents_url").write_text("mongodb://mongo:27017/ekel?replicaSet=rs0")
        (folder / "ekel_documents_url").chmod(0o444)


@pytest.fixture(scope="session")
def docker_cleanup() -> list[str]:
    profiles = " ".join(f"--profile {name}" for name in ("core", "monitoring", "alat"))
    return [f"{profiles} down --volumes --remove-orphans --timeout 40"]


def test_two_letters_come_through_while_parts_are_killed(docker_services: Services) -> None:
    play = _start("run", "--rm", "--no-deps", "ekel", "demo", "--url", GATEWAY, "--patience", "300")
    for part in STOPPED:
        assert _compose("kill", "--signal", "SIGKILL", part) == 0
        assert _compose("up", "--detach", "--no-deps", "--wait", part) == 0

    told = play.communicate(timeout=900)[0]
    assert play.returncode == 0, told[-3000:]
    assert _compose("run", "--rm", "--no-deps", "ekel", "check") == 0


def test_a_small_day_ends_as_planned(docker_services: Services) -> None:
    play = _start(
        *("run", "--rm", "--no-deps", "ekel", "simulate-day", "--url", GATEWAY),
        *("--scale", "0.1", "--speed", "600", "--patience", "600"),
    )
    told = play.communicate(timeout=1800)[0]
    assert play.returncode == 0, told[-3000:]
    assert _compose("run", "--rm", "--no-deps", "ekel", "check", "--wait", "180") == 0


def test_every_role_is_watched_by_every_rule(docker_services: Services) -> None:
    assert _compose("up", "--detach", "--no-deps", "--wait", "prometheus", "alertmanager") == 0

    until(lambda: _up() == {*roles(), "prometheus"}, seconds=300, what="every target up")
    loaded = [rule["name"] for group in _told("rules")["groups"] for rule in group["rules"]]
    assert sorted(loaded) == sorted(str(r.get("alert") or r["record"]) for r in monitoring.rules())
    until(lambda: _told("alertmanagers")["activeAlertmanagers"], seconds=120, what="the Alertmanager")
    until(lambda: _told("query?query=ekel_office_open")["result"], seconds=120, what="figures of offices")


def _up() -> set[str]:
    """Roles whose target Prometheus reaches; its own job has none."""
    targets = _told("targets?state=active")["activeTargets"]
    labels = [each["labels"] for each in targets if each["health"] == "up"]
    return {str(each.get("role", each["job"])) for each in labels}


def _told(question: str) -> Any:
    """What Prometheus answers, asked inside: its port is not published."""
    asked = ["wget", "-qO-", f"http://127.0.0.1:9090/api/v1/{question}"]
    done = subprocess.run(
        _command("exec", "-T", "prometheus", *asked), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)["data"]


def test_the_pages_are_published_and_the_engines_are_not(docker_services: Services) -> None:
    assert docker_services.port_for("frontend-http", 8090) > 0
    for engine, port in (("kafka", 9092), ("mongo", 27017), ("minio", 9000), ("dokumen-http", 8102)):
        with pytest.raises(Exception, match=r"(?i)port|status"):
            docker_services.port_for(engine, port)


def _command(*words: str) -> list[str]:
    files = [part for file in FILES for part in ("--file", str(file))]
    return ["docker", "compose", *files, "--project-name", PROJECT, *words]


def _start(*words: str) -> subprocess.Popen[str]:
    pipe, out = subprocess.PIPE, subprocess.STDOUT
    return subprocess.Popen(_command(*words), stdout=pipe, stderr=out, text=True, cwd=Path(ROOT))


def _compose(*words: str) -> int:
    return subprocess.run(_command(*words), cwd=ROOT, stdout=subprocess.DEVNULL).returncode
