from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dokumen.adapters.authority import Authority, ensure_authority
from dokumen.adapters.typst_letters import Renderer
from support.ruang_surat import Ruang


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return ensure_authority(tmp_path_factory.mktemp("otoritas") / "segel")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "segel"


@pytest.fixture
def ruang(tmp_path: Path) -> Iterator[Ruang]:
    with Ruang(tmp_path) as room:
        yield room
