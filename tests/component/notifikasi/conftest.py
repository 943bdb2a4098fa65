from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.kurir import Kurir
from support.smtp import MailServer


@pytest.fixture
def kurir(tmp_path: Path) -> Iterator[Kurir]:
    with Kurir(tmp_path) as courier:
        yield courier


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def pos(tmp_path: Path, mail: MailServer) -> Iterator[Kurir]:
    """A courier with a mail server."""
    with Kurir(tmp_path, mail.url) as courier:
        yield courier
