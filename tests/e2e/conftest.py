from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One running system for all journeys; they leave it as any day would."""
    with System(tmp_path_factory.mktemp("system")) as running:
        yield running
