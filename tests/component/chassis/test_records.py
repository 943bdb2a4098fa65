"""Audit chains, logs, settings and kill points."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from chassis import audit
from chassis.audit import Audit
from chassis.ports.documents import Documents
from engines.open import open_documents
from support.shop import Toy


@pytest.fixture
def chain(tmp_path: Path) -> Documents:
    documents = open_documents(f"sqlite:///{tmp_path}/audit.sqlite")
    documents.migrate([audit.COLLECTION])
    return documents


def unheard(scope: str, entry: dict[str, object]) -> None:
    """Nobody keeps the newest entry."""


def entries(chain: Documents) -> list[dict[str, object]]:
    return [d.body for d in chain.find("audit", {"scope": "north"}, limit=1000)]


def test_parallel_entries_form_one_unbroken_chain(chain: Documents, toy: Toy) -> None:
    books = [Audit(chain, toy.clock, unheard) for _ in range(3)]

    def note(n: int) -> None:
        books[n % 3].append("north", actor="ann", action="read", subject=str(n))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(note, range(40)))

    found = entries(chain)
    assert len(found) == 40
    assert audit.broken(iter(found)) == ""


@pytest.mark.parametrize("damage", ["changed", "removed", "first removed"])
def test_a_damaged_chain_is_found(chain: Documents, toy: Toy, damage: str) -> None:
    book = Audit(chain, toy.clock, unheard)
    for n in range(5):
        book.append("north", actor="ann", action="read", subject=str(n))
    doc = chain.get("audit", "north", "000000000003")
    assert doc is not None

    if damage == "changed":
        chain.replace("audit", replace(doc, rev=2, body={**doc.body, "actor": "eve"}), 1)
    else:
        chain.delete("audit", "north", doc.id if damage == "removed" else "000000000001", 1)

    assert audit.broken(iter(entries(chain))) != ""


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_wrong_setting_is_named_at_once() -> None:
    code = "from chassis.settings import *; load(Settings)"
    done = python(code, EKEL_ENV="holiday", EKEL_LOG_LEVEL="LOUD", PYTHONPATH=os.pathsep.join(sys.path))

    assert done.returncode == 2
    assert "EKEL_ENV" in done.stderr
    assert "EKEL_LOG_LEVEL" in done.stderr


def test_a_long_run_of_digits_never_reaches_the_log() -> None:
    code = (
        "from chassis import logs; import structlog, logging\n"
        "logs.configure('s', 'r', 'INFO')\n"
        "structlog.get_logger().info('seen', who='NIK 3276011203959001')\n"
        "logging.getLogger('x').warning('and %s', '3276011203959001')\n"
        "try:\n    raise ValueError('3276011203959001')\n"
        "except ValueError:\n    structlog.get_logger().exception('oops')\n"
    )
    done = python(code, PYTHONPATH=os.pathsep.join(sys.path))

    assert done.returncode == 0, done.stderr
    assert "3276011203959001" not in done.stderr
    assert [json.loads(line)["event"] for line in done.stderr.splitlines()] == ["seen", "and [angka]", "oops"]


@pytest.mark.parametrize(("env", "dies"), [("test", True), ("production", False)])
def test_a_kill_point_kills_once_and_only_in_a_test(tmp_path: Path, env: str, *, dies: bool) -> None:
    code = "from chassis import faults; faults.point('relay.after_publish')"
    environment = {
        "EKEL_ENV": env,
        "EKEL_DATA": str(tmp_path),
        "EKEL_ROLE": "ledger-worker",
        "EKEL_KILL_AT": "ledger-worker:relay.after_publish",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    assert python(code, **environment).returncode == (-9 if dies else 0)
    assert python(code, **environment).returncode == 0
