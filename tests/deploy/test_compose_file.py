"""docker-compose.yml names what the code has: roles, ports, settings; and every container is confined."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import commands
from support.deployment import Role, compose, readable, roles, settings
from support.tree import ROOT

COMPOSE = compose()
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
ROLES = roles()
COMMANDS = {"migrasi", "ekel"}  # of the command, not of a role
PUBLISHED = {"gateway-http", "gateway-pantau", "frontend-http", "grafana"}


def test_every_role_has_a_container_and_no_other_has_one_of_our_images() -> None:
    ours = {name for name, one in CONTAINERS.items() if one["image"].startswith("ekelurahan/")}

    assert ours == set(ROLES) | COMMANDS


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_a_container_runs_its_role_with_settings_that_it_reads(
    role: Role, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    container = CONTAINERS[role.name]
    given = {name: "" if value is None else str(value) for name, value in container["environment"].items()}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for secret in container["secrets"]:
        (tmp_path / secret).write_text("x://x")

    known: Any = settings(role.deployable)(_secrets_dir=tmp_path)

    assert container["command"] == [role.kind]
    assert container["image"] == f"ekelurahan/{role.deployable}:0.4.0"
    assert set(given) <= readable(role.deployable)
    binds = {name: value for name, value in given.items() if name.endswith(("_BIND", "_PORT"))}
    assert {int(value.rpartition(":")[2]) for value in binds.values()} >= {role.internal}
    assert all(value.startswith("0.0.0.0:") for name, value in binds.items() if name.endswith("_BIND"))
    assert known.engines == ("embedded" if role.deployable == "frontend" else "production")


@pytest.mark.parametrize("seed", ["--reference", "--demo"])
def test_the_command_is_called_with_words_that_it_knows(seed: str) -> None:
    called = [CONTAINERS[name]["command"] for name in sorted(COMMANDS)]

    assert [commands.wrong(words) for words in called] == ["", ""]
    assert called[1] == ["seed", "--reference"]
    assert commands.wrong(["seed", seed]) == ""  # of EKEL_SEED


def test_callers_know_the_address_of_whom_they_call() -> None:
    gateway = CONTAINERS["gateway-http"]["environment"]

    for service in ("pengajuan", "dokumen", "persetujuan", "notifikasi"):
        role = ROLES[f"{service}-http"]
        assert gateway[f"EKEL_UPSTREAM_{service.upper()}"] == f"http://{role.name}:{role.public}"
    door = ROLES["gateway-http"]
    assert (
        CONTAINERS["frontend-http"]["environment"]["EKEL_GATEWAY_URL"] == f"http://{door.name}:{door.public}"
    )


def test_only_doors_pages_and_dashboards_are_published() -> None:
    assert {name for name, one in CONTAINERS.items() if one.get("ports")} == PUBLISHED
    for name in PUBLISHED & set(ROLES):
        assert CONTAINERS[name]["ports"][0].endswith(f":{ROLES[name].public}")
    assert COMPOSE["networks"]["dalam"]["internal"]
    assert CONTAINERS["frontend-http"]["networks"] == ["luar", "ukur"]
    assert {name for name, one in CONTAINERS.items() if "ukur" in one["networks"]} == {
        "frontend-http",
        "prometheus",
    }
    assert COMPOSE["networks"]["ukur"]["internal"]


@pytest.mark.parametrize("role", ROLES)
def test_prometheus_shares_a_network_with_every_role(role: str) -> None:
    assert set(CONTAINERS["prometheus"]["networks"]) & set(CONTAINERS[role]["networks"])


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_is_confined(name: str) -> None:
    container = CONTAINERS[name]

    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert container["mem_limit"]
    assert container["pids_limit"]
    assert container["restart"] in {"unless-stopped", "on-failure:5", "no"}
    assert re.fullmatch(r"[\w./-]+:[\w.-]+", container["image"])
    assert not container["image"].endswith(":latest")
    if name in set(ROLES) | COMMANDS:
        assert container["read_only"]
    else:
        assert container["healthcheck"]


def test_the_operators_command_keeps_its_pictures_where_it_may_write() -> None:
    """Its user has neither a name nor a home, its root is read-only, and /tmp is memory."""
    command = CONTAINERS["ekel"]
    writable = [v.split(":")[1] for v in command["volumes"] if not v.endswith(":ro")]

    assert any(command["environment"]["XDG_CACHE_HOME"].startswith(f"{folder}/") for folder in writable)


def test_every_image_can_be_replaced_by_a_variable() -> None:
    raw = yaml.safe_load((ROOT / "docker-compose.yml").read_text())

    assert [n for n, one in raw["services"].items() if not one["image"].startswith("${")] == []


def test_dashboards_are_judged_by_the_types_of_the_grafana_that_shows_them() -> None:
    wanted = json.loads((ROOT / "tools/dashboards/package.json").read_text())["devDependencies"]
    locked = (ROOT / "tools/dashboards/package-lock.json").read_text()

    assert CONTAINERS["grafana"]["image"] == f"grafana/grafana:{wanted['@grafana/schema']}"
    assert json.loads(locked)["packages"][""]["devDependencies"] == wanted
    assert "://" not in locked


def test_prepare_makes_every_secret_once(tmp_path: Path) -> None:
    had = (ROOT / ".env").exists()
    for _ in range(2):
        subprocess.run([ROOT / "deploy/compose/prepare", tmp_path], check=True)
        made = {file.name: file.read_text() for file in tmp_path.iterdir()}
    if not had:
        (ROOT / ".env").unlink()

    assert set(made) == set(COMPOSE["secrets"])
    assert made["mongo_password"] in made["ekel_documents_url"]
    assert made["minio_password"] in made["ekel_objects_url"]
    used = {secret for one in CONTAINERS.values() for secret in one.get("secrets", [])}
    assert used == set(made)


def test_a_secret_file_is_read_and_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chassis.settings import Settings, load

    (tmp_path / "ekel_documents_url").write_text("mongodb://a/ekel\n")
    (tmp_path / "ekel_objects_url").write_text("s3://a:b@c/d\n")
    monkeypatch.setenv("EKEL_SECRETS", str(tmp_path))
    monkeypatch.setenv("EKEL_OBJECTS_URL", "s3://other")

    known = load(Settings)

    assert (known.documents_url, known.objects_url) == ("mongodb://a/ekel", "s3://other")


def test_a_folder_of_secrets_that_cannot_be_read_ends_the_process_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from chassis.settings import Settings, load

    for place in (tmp_path / "gone", Path(__file__)):
        monkeypatch.setenv("EKEL_SECRETS", str(place))

        with pytest.raises(SystemExit) as ended:
            load(Settings)

        told = capfd.readouterr().err
        assert (ended.value.code, len(told.splitlines())) == (2, 1)
        assert told.startswith("EKEL_SECRETS: ")
        assert str(place) in told


def test_prometheus_scrapes_every_role_on_its_internal_port() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    jobs = {job["job_name"]: job for job in config["scrape_configs"]}
    targets = {t for group in jobs["ekelurahan"]["static_configs"] for t in group["targets"]}

    assert targets == {f"{role.name}:{role.internal}" for role in ROLES.values()}
