"""One pengajuan in a folder of its own, with or without a running worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pengajuan import bootstrap, roles
from pengajuan.entrypoints.http.application import flask_app
from pengajuan.settings import Settings
from support.loket import NAMES, Layanan, loops
from support.salinan import salin
from support.waiting import running
from web.pseudonyms import ensure as ensure_pseudonyms
from web.tokens import ensure_keys


@pytest.fixture(scope="session")
def benih(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded folder; tests work on copies."""
    folder = tmp_path_factory.mktemp("benih")
    settings = Settings(env="test", data=folder)
    ensure_keys(settings.key_folder(), NAMES)
    ensure_pseudonyms(settings.key_folder())
    roles.migrate(settings)
    roles.seed(settings, demo=True)
    return folder


@pytest.fixture
def layanan(benih: Path, tmp_path: Path) -> Iterator[Layanan]:
    """Migrated and seeded, no worker running."""
    salin(benih, tmp_path / "data")
    settings = Settings(env="test", data=tmp_path / "data")
    app = bootstrap.build(settings)
    events = app.open_events()
    yield Layanan(settings, app, events, flask_app(app).test_client(), settings.key_folder())
    events.close()
    app.close()


@pytest.fixture
def pekerja(layanan: Layanan) -> Iterator[None]:
    """A running worker."""
    with running(*loops(layanan)):
        yield
