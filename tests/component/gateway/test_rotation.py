"""Another signing key while everything runs: nobody notices, and old keys end."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time as real
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from component.gateway.conftest import Behind, belakang
from gateway import bootstrap
from gateway.jwks import public
from web import rotation
from web.tokens import Signer, TokenRefused, Verifier, ensure_keys

CLAIMS = {"sub": "lurah.depok", "peran": "lurah", "wilayah": ["3276011006"]}


def _status(url: str, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return urllib3.request("GET", f"{url}/v1/permohonan", headers=headers).status


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """Of this file alone: other tests count the keys of theirs."""
    with belakang(tmp_path_factory.mktemp("rotasi")) as running:
        yield running


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    ensure_keys(tmp_path, bootstrap.KEYS)
    return tmp_path


def test_a_running_service_and_a_running_signer_follow_a_rotation(behind: Any) -> None:
    signer = Signer(behind.keys, "gateway")
    before = signer.sign("layanan", 300, **CLAIMS)
    assert _status(behind.url, before) == 200

    rotation.publish(behind.keys, "gateway")
    published = signer.sign("layanan", 300, sid="published", **CLAIMS)
    rotation.use(behind.keys, "gateway")
    after = signer.sign("layanan", 300, sid="used", **CLAIMS)

    assert [_status(behind.url, token) for token in (before, published, after)] == [200] * 3
    assert before.rsplit(".", 1)[0] != after.rsplit(".", 1)[0]
    waiting = [_kid(behind.keys, token) for token in (before, published, after)]
    assert waiting[0] == waiting[1] != waiting[2]


def _kid(keys: Path, token: str) -> str:
    """Which public key signed it, found as an outsider with the key set would."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    for key in public(keys):
        try:
            jwt.decode(token, OKPKey.import_key(key), algorithms=["Ed25519"])
        except JoseError:
            continue
        return str(key["kid"])
    return ""


def test_clients_keep_their_sessions_through_a_rotation(
    staff: Any, client: Any, app: Any, behind: Any
) -> None:
    headers = staff("loket.depok")
    rotation.publish(behind.keys, "gateway")
    rotation.use(behind.keys, "gateway")
    app.exchange.forget_account("loket.depok")

    assert client.get("/v1/saya", headers=headers).status_code == 200
    assert client.get("/v1/permohonan", headers=headers).status_code == 200


def test_a_retired_key_is_refused_and_the_signing_one_never_retires(keys: Path) -> None:
    verifier, old = Verifier(keys), Signer(keys, "gateway").sign("layanan", 300, **CLAIMS)
    rotation.publish(keys, "gateway")
    rotation.use(keys, "gateway")

    assert rotation.retire(keys, "gateway") == []
    assert rotation.retire(keys, "gateway", seconds=0) == ["gateway.pem"]
    assert rotation.retire(keys, "gateway", seconds=0) == []
    with pytest.raises(TokenRefused):
        verifier.verify(old, issuer="gateway", audience="layanan")
    new = Signer(keys, "gateway").sign("layanan", 300, **CLAIMS)
    assert verifier.verify(new, issuer="gateway", audience="layanan")["sub"] == "lurah.depok"


def test_a_key_retires_a_day_after_its_last_use(keys: Path) -> None:
    past = real.time() - 2 * rotation.LONGEST
    os.utime(keys / "public" / "gateway.pem", (past, past))  # made long ago, but it signed until now
    rotation.publish(keys, "gateway")
    rotation.use(keys, "gateway")

    assert rotation.retire(keys, "gateway") == []


def test_a_published_key_waits_and_is_not_made_twice(keys: Path) -> None:
    first = rotation.publish(keys, "dokumen")

    assert rotation.publish(keys, "dokumen") == first
    assert rotation.retire(keys, "dokumen", seconds=0) == []
    rotation.use(keys, "dokumen")
    with pytest.raises(FileNotFoundError):
        rotation.use(keys, "dokumen")


def test_starting_again_after_a_rotation_believes_no_retired_key(keys: Path) -> None:
    rotation.publish(keys, "gateway")
    rotation.use(keys, "gateway")
    rotation.retire(keys, "gateway", seconds=0)
    ensure_keys(keys, bootstrap.KEYS)

    assert not (keys / "public" / "gateway.pem").exists()


def test_another_service_s_new_key_speaks_for_it_alone(keys: Path) -> None:
    rotation.publish(keys, "pengajuan")
    rotation.use(keys, "pengajuan")
    token = Signer(keys, "pengajuan").sign("layanan", 300, **CLAIMS)

    with pytest.raises(TokenRefused):
        Verifier(keys).verify(token, issuer="gateway", audience="layanan")


def test_private_keys_are_their_user_s_alone(keys: Path) -> None:
    rotation.publish(keys, "gateway")

    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.glob("*.pem")} == {0o600}


def test_the_command_rotates_lists_and_refuses_a_name_of_nobody(keys: Path) -> None:
    env = {**os.environ, "EKEL_KEYS": str(keys), "PYTHONPATH": ":".join(sys.path)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ekel", "keys", *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    assert run("rotate", "gateway", "--publish-only").stdout.count("published") == 1
    done = run("rotate", "all")
    listed = run("list").stdout.split()

    assert (done.returncode, done.stdout.count("signs")) == (0, 5)
    assert len(listed) == 10
    assert run("rotate", "siapa").returncode == 2
