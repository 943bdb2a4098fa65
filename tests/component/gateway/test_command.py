"""`python -m gateway …` as an operator types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def command(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ,
            "PYTHONPATH": ":".join(sys.path),
            "EKEL_DATA": str(tmp_path),
            "EKEL_ENV": "test",
            **settings,
        }
        return subprocess.run(
            [sys.executable, "-m", "gateway", *words], env=env, capture_output=True, text=True, timeout=60
        )

    assert command("migrate").returncode == 0
    return command


ACCOUNT = ("--akun", "operator.depok", "--nama", "Contoh", "--peran", "operator", "--wilayah", "3276")


def test_the_first_administrator_and_the_check(run: Any) -> None:
    made = run("account", "create", *ACCOUNT, EKEL_ACCOUNT_PASSWORD="sandi-yang-panjang")
    again = run("account", "create", *ACCOUNT, EKEL_ACCOUNT_PASSWORD="sandi-yang-panjang")
    short = run("account", "create", *ACCOUNT, EKEL_ACCOUNT_PASSWORD="pendek")
    checked = run("check")

    assert (made.returncode, json.loads(made.stdout)) == (0, {"akun": "operator.depok", "dibuat": True})
    assert (again.returncode, short.returncode) == (1, 2)
    assert "pendek" not in short.stdout + short.stderr
    report = json.loads(checked.stdout)
    # No worker runs here: on a slow machine the account's event may count as unsent for too long (C2).
    assert [w for w in report["wrong"] if w["invariant"] != "C2"] == []
    assert report["counts"]["akun_petugas"] == 1
    assert run("dead-letters", "list").stdout.strip() == "[]"


def test_demo_people_stay_out_of_production(run: Any) -> None:
    refused = run("seed", "--demo", EKEL_ENV="production")

    assert refused.returncode == 2
    assert "EKEL_ENV=production" in refused.stderr
    assert json.loads(run("seed", "--demo").stdout)["akun"]


def test_every_wrong_setting_is_named_at_once(run: Any) -> None:
    done = run("check", EKEL_PORT="kosong", EKEL_UPSTREAM_DOKUMEN="ftp://x")

    assert done.returncode == 2
    assert {"EKEL_PORT", "EKEL_UPSTREAM_DOKUMEN"} <= {line.split(":")[0] for line in done.stderr.splitlines()}
