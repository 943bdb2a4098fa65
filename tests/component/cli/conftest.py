"""One small installation is built once; every test damages a copy of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from chassis.settings import Settings
from ekel.check.joined import across
from ekel.stores import opened
from runtime.check import Findings
from support import small_office
from support.salinan import salin

Damage = Callable[[str, str], None]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "data"
    small_office.build(small_office.settings(folder))
    return folder


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Settings:
    salin(built, tmp_path / "data")
    return small_office.settings(tmp_path / "data")


@pytest.fixture
def damage(office: Settings) -> Damage:
    """Run SQL on `log` or on a service's documents, past every engine."""

    def run(where: str, sql: str) -> None:
        file = office.data / ("log.sqlite" if where == "log" else f"{where}/documents.sqlite")
        with closing(sqlite3.connect(file)) as database, database:
            assert database.execute(sql).rowcount != 0, "the damage hit nothing"

    return run


@pytest.fixture
def findings(office: Settings) -> Callable[[], list[tuple[str, str]]]:
    """(invariant, id) of everything that the log-wide checks find."""

    def look() -> list[tuple[str, str]]:
        found = Findings("log")
        with opened(office) as stores:
            assert stores.events is not None
            across(stores, stores.events, found)
        return [(wrong["invariant"], wrong["id"]) for wrong in found.wrong]

    return look
