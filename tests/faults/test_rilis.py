"""Stores of released versions: each opens with today's code, is whole, and its cases go on to their letters."""

from __future__ import annotations

import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support import bukti, jam, lakon
from support.system import System
from support.tree import ROOT
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
STORES = sorted((ROOT / "tests/released").glob("*.tar.xz"))
NAMA = "depok"


@pytest.mark.parametrize("store", STORES, ids=lambda file: str(file.name.removesuffix(".tar.xz")))
def test_a_store_of_a_released_version_is_whole_and_its_cases_go_on(store: Path, tmp_path: Path) -> None:
    with tarfile.open(store) as tar:
        tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python before 3.11.4 has none
        tar.extractall(tmp_path)
    cases = json.loads((tmp_path / "data" / "cases.json").read_text())
    age = datetime.now(UTC) - datetime.fromisoformat(cases["time"])
    jam.shift(System(tmp_path / "data").settings.clock().shift_file, seconds=-age.total_seconds())
    with System(tmp_path / "data") as system:
        system.check()
        clerk = lakon.sign_in(system, f"loket.{NAMA}")
        assert lakon.has_letter(clerk, cases["issued"])
        lakon.decide(lakon.sign_in(system, f"kasi.{NAMA}"), cases["new"], "paraf")
        lurah = lakon.sign_in(system, f"lurah.{NAMA}")
        for case in (cases["waiting"], cases["new"]):
            lakon.decide(lurah, case, "setuju")
            until(lambda case=case: lakon.has_letter(clerk, case), what="a letter")  # type: ignore[misc]
        lakon.settle(system, cases["issued"], cases["waiting"], cases["new"])
        numbers = [_number(system, cases[case]) for case in ("issued", "waiting", "new")]
        assert sorted(numbers) == [1, 2, 3]


def _number(system: System, case: str) -> int:
    ((_, number),) = bukti.numbers(system.settings, case)
    return number
