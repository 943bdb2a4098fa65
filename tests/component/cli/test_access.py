"""`ekel access` without Kafka: an account with client credentials, its area, and its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner, Result

from ekel.__main__ import app
from gateway import bootstrap
from gateway.app import create
from gateway.settings import Settings


@pytest.fixture
def ekel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("EKEL_DATA", str(tmp_path))
    monkeypatch.setenv("EKEL_ENV", "test")
    return CliRunner()


def grant(ekel: CliRunner, *areas: str, name: str = "dukcapil") -> Result:
    wilayah = [word for area in areas for word in ("--wilayah", area)]
    return ekel.invoke(app, ["access", "grant", name, *wilayah])


def secret(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return dict(line.split("=", 1) for line in result.output.splitlines())["client_secret"]


def sign_in(tmp_path: Path, value: str, ask: str = "/v1/saya") -> tuple[int, FlaskClient, dict[str, str]]:
    """Status of the token request, and a client with the headers of the session."""
    parts = bootstrap.build(Settings(env="test", data=tmp_path))
    client = create(parts).test_client()
    form = {"grant_type": "client_credentials", "client_id": "dukcapil", "client_secret": value}
    answer = client.post("/v1/token", data=form)
    return answer.status_code, client, {"Authorization": f"Bearer {answer.get_json().get('access_token')}"}


def test_a_system_signs_in_with_what_was_printed_and_has_its_area(ekel: CliRunner, tmp_path: Path) -> None:
    status, client, headers = sign_in(tmp_path, secret(grant(ekel, "327601")))

    assert status == 200
    me = client.get("/v1/saya", headers=headers).get_json()
    assert (me["peran"], me["wilayah"]) == ("sistem", ["327601"])
    assert client.get("/v1/peristiwa?wilayah=327605", headers=headers).status_code == 403
    assert client.get("/v1/akun", headers=headers).status_code == 403


def test_the_secret_is_printed_once_and_stored_nowhere(ekel: CliRunner, tmp_path: Path) -> None:
    value = secret(grant(ekel, "327601"))

    assert value not in ekel.invoke(app, ["access", "list"]).output
    assert [f for f in tmp_path.rglob("*") if f.is_file() and value.encode() in f.read_bytes()] == []


def test_another_grant_replaces_the_secret_and_the_area(ekel: CliRunner, tmp_path: Path) -> None:
    old = secret(grant(ekel, "327601"))
    new = secret(grant(ekel, "327605", "3276011006"))

    assert sign_in(tmp_path, old)[0] == 401
    _, client, headers = sign_in(tmp_path, new)
    assert client.get("/v1/saya", headers=headers).get_json()["wilayah"] == ["327605", "3276011006"]


def test_a_revoked_system_is_outside_until_the_next_grant(ekel: CliRunner, tmp_path: Path) -> None:
    value = secret(grant(ekel, "327601"))
    _, client, headers = sign_in(tmp_path, value)

    assert ekel.invoke(app, ["access", "revoke", "dukcapil"]).exit_code == 0

    assert client.get("/v1/saya", headers=headers).status_code == 401
    assert sign_in(tmp_path, value)[0] == 401
    assert "revoked" in ekel.invoke(app, ["access", "list"]).output
    assert ekel.invoke(app, ["access", "revoke", "dukcapil"]).exit_code == 1
    assert sign_in(tmp_path, secret(grant(ekel, "327601")))[0] == 200


@pytest.mark.parametrize("area", ["317101", "32760", "abc"])
def test_an_area_that_is_no_area_of_the_city_is_refused(ekel: CliRunner, area: str) -> None:
    assert grant(ekel, area).exit_code == 2


def test_staff_are_no_systems(ekel: CliRunner) -> None:
    ekel.invoke(app, ["seed", "--demo"])

    assert grant(ekel, "327601", name="camat.pancoranmas").exit_code == 2
    assert ekel.invoke(app, ["access", "revoke", "camat.pancoranmas"]).exit_code == 1


def test_nobody_reads_at_first(ekel: CliRunner) -> None:
    assert ekel.invoke(app, ["access", "list"]).exit_code == 1
