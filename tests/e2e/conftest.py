from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.either import EMBEDDED
from support.system import System


@pytest.fixture(scope="session", params=EMBEDDED)
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One running system for all journeys; they leave it as any day would."""
    if request.param == "production":
        yield request.getfixturevalue("town")
        return
    with System(tmp_path_factory.mktemp("system")) as running:
        yield running
