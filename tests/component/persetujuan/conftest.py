from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.meja import Meja


@pytest.fixture
def meja(tmp_path: Path) -> Iterator[Meja]:
    with Meja(tmp_path) as desk:
        yield desk
