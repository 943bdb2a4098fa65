"""Every OpenAPI file against the running system, with callers of every role: nothing undocumented, no failure of ours.

`make test-api` asks for more cases (EKEL_API_CASES of each operation) and writes what it did to build/api-tests.md.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from random import Random

import pytest

from support import openapi
from support.callers import Callers
from support.known import Known
from support.openapi import FILES, Run, Tally
from support.system import System
from support.tree import ROOT
from support.wewenang import TABLE

CASES = int(os.environ.get("EKEL_API_CASES", "0"))
SHORT = 1  # random cases of an operation in `make test`, valid and invalid ones each
# Random requests would be stopped by these limits, and what lies behind them is what is asked for.
OPEN = {"EKEL_SHARE_REQUESTS": "1000000", "EKEL_PROXIES": "1"}


@pytest.fixture(scope="module")
def ramai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of its own: random requests leave no office as they found it."""
    with System(tmp_path_factory.mktemp("ramai"), OPEN) as running:
        if CASES:  # cases, papers and letters to ask for
            assert running.demo("--quiet").returncode == 0
        yield running


@pytest.mark.slow
@pytest.mark.timeout(7200 if CASES else 300)
def test_no_answer_is_undocumented_whoever_asks_whatever(ramai: System) -> None:
    random, found, rows = Random(1), dict[str, Tally](), []
    known = Known(random)

    with Callers(ramai) as callers:
        for name in FILES:
            began = time.monotonic()
            found[name] = Run(ramai, name, callers, known, random).all(CASES or SHORT, coverage=bool(CASES))
            rows.append(openapi.row(name, found[name], time.monotonic() - began))
    if CASES:
        report = ROOT / "build" / "api-tests.md"
        report.parent.mkdir(exist_ok=True)
        report.write_text(openapi.page(rows, found))

    assert [error for tally in found.values() for error in tally.errors] == []
    if defects := openapi.told(found):
        pytest.fail(defects, pytrace=False)  # whole: pytest cuts what an assertion compares
    assert {name: tally.promised - tally.operations for name, tally in found.items()} == {
        n: set() for n in FILES
    }
    assert {role for tally in found.values() for role in tally.roles} == set(TABLE.roles)
    if CASES:
        assert sum(tally.cases for tally in found.values()) >= 20_000
        ramai.check()
