"""The list of licences: every locked package is in it, and an unknown licence is an error."""

from __future__ import annotations

from importlib.metadata import Distribution
from pathlib import Path

import pytest

from support.tree import ROOT
from tools import licences


def test_every_package_that_is_shipped_has_a_licence_somebody_looked_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert licences.main([str(ROOT / "requirements/runtime.txt")]) == 0

    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {"flask", "cryptography", "pikepdf"} <= {name for name, _, _ in rows}
    assert all(len(row) == 3 and all(row) for row in rows)


def test_an_unknown_licence_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text("flask==3.1.3 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(licences, "licence", lambda package: "AGPL-3.0-only")

    assert licences.main([str(tmp_path / "lock.txt")]) == 1


def test_a_package_for_another_platform_is_left_out(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("one==1 ; sys_platform == 'never' \\\n    --hash=x\ntwo[extra]==2 \\\n    --hash=x\n")

    assert list(licences.locked(lock)) == ["two"]


def test_a_licence_is_read_from_where_a_package_tells_it() -> None:
    assert licences.licence(Distribution.from_name("flask")).startswith("BSD")
