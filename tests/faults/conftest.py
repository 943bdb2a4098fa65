"""One seeded and once played system, copied for every fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import lakon
from support.system import System


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A stopped system's folder, and in it one case of each service that met no fault."""

    folder: Path
    cases: dict[str, str]


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed") / "data"
    with System(folder) as system:
        cases = {layanan: lakon.play(system, layanan) for layanan in lakon.SCENES}
        lakon.settle(system, *cases.values())
    return Undisturbed(folder, cases)


@pytest.fixture
def system(undisturbed: Undisturbed, tmp_path: Path) -> Callable[..., System]:
    """A system of one's own that goes on where the undisturbed one stopped."""

    def copy(**environment: str) -> System:
        shutil.copytree(undisturbed.folder, tmp_path / "data")
        return System(tmp_path / "data", environment)

    return copy
