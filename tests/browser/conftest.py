"""One running system and one browser for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from support.peramban import chromium
from support.system import System


@pytest.fixture(scope="module")
def sistem(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("sistem")) as running:
        yield running


@pytest.fixture(scope="module")
def peramban() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
