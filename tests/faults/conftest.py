"""One seeded and once played system, copied for every fault; on production engines the same one goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from chassis.settings import Settings
from support import lakon
from support.either import EITHER
from support.salinan import salin
from support.servers import environment, servers
from support.system import System


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A stopped system, and in it one case of each service that met no fault."""

    settings: Settings
    cases: dict[str, str]
    engines: dict[str, str]

    @property
    def folder(self) -> Path:
        return self.settings.data


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a system on engines of this kind; servers are started for it, with nothing in them."""
    if kind == "embedded":
        yield {}
        return
    with servers(folder) as started:
        yield environment(started)


@pytest.fixture(scope="module", params=EITHER)
def kind(request: pytest.FixtureRequest) -> str:
    """Embedded or production, for a file that starts systems of its own."""
    return str(request.param)


@pytest.fixture(scope="session", params=EITHER)
def engines(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    with empty(request.param, tmp_path_factory.mktemp("servers")) as environment:
        yield environment


@pytest.fixture(scope="session")
def undisturbed(engines: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed") / "data"
    with System(folder, engines) as system:
        cases = {layanan: lakon.play(system, layanan) for layanan in lakon.SCENES}
        lakon.settle(system, *cases.values())
    return Undisturbed(system.settings, cases, engines)


@pytest.fixture
def system(undisturbed: Undisturbed, tmp_path: Path) -> Callable[..., System]:
    """A system that goes on where the undisturbed one stopped."""

    def start(**environment: str) -> System:
        if undisturbed.engines:  # their servers cannot be copied
            shutil.rmtree(undisturbed.folder / "run" / "kills", ignore_errors=True)
            return System(undisturbed.folder, {**undisturbed.engines, **environment})
        salin(undisturbed.folder, tmp_path / "data")
        return System(tmp_path / "data", environment)

    return start
