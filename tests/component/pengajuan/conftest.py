"""One pengajuan in a folder of its own, with or without a running worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pengajuan import bootstrap, roles, seed
from pengajuan.entrypoints.http.application import flask_app
from pengajuan.settings import Settings
from support.loket import NAMES, Layanan, Pekerja
from web.pseudonyms import ensure as ensure_pseudonyms
from web.tokens import ensure_keys


@pytest.fixture
def layanan(tmp_path: Path) -> Iterator[Layanan]:
    """Migrated and seeded, no worker running."""
    settings = Settings(env="test", data=tmp_path)
    keys = settings.key_folder()
    ensure_keys(keys, NAMES)
    ensure_pseudonyms(keys)
    roles.migrate(settings)
    app = bootstrap.build(settings)
    events = app.open_events()
    seed.seed(app, events, demo=True)
    yield Layanan(settings, app, events, flask_app(app).test_client(), keys)
    events.close()
    app.close()


@pytest.fixture
def pekerja(layanan: Layanan) -> Iterator[Pekerja]:
    """A running worker."""
    running = Pekerja(layanan)
    running.start()
    yield running
    running.end()
