from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.shop import Toy


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Toy]:
    made = Toy(tmp_path)
    with made.opened:
        yield made
