"""Where things stand in the repository, for tests that look at the code itself."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
SERVICES: Final = ("pengajuan", "dokumen", "persetujuan", "notifikasi")
# Import name → the folder that holds its pyproject.toml.
PACKAGES: Final = {
    "chassis": ROOT / "libs/chassis",
    "engines": ROOT / "libs/engines",
    "web": ROOT / "libs/web",
    "tables": ROOT / "libs/tables",
    "runtime": ROOT / "libs/runtime",
    **{service: ROOT / "services" / service for service in SERVICES},
    "gateway": ROOT / "gateway",
    "frontend": ROOT / "frontend",
    "ekel": ROOT / "cli",
}


def python_files(*packages: str) -> Iterator[Path]:
    """Every source file of the packages named, or of all packages."""
    for package in packages or PACKAGES:
        yield from sorted((PACKAGES[package] / package).rglob("*.py"))


def project(package: str) -> dict[str, Any]:
    """The `[project]` table of a package."""
    table: dict[str, Any] = tomllib.loads((PACKAGES[package] / "pyproject.toml").read_text())["project"]
    return table


def imports(file: Path) -> Iterator[str]:
    """Dotted names a file imports, wherever the import stands; `from a import b` gives `a.b`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise AssertionError(f"{file.relative_to(ROOT)} imports relatively; write the whole name")
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def short(file: Path) -> str:
    """A path as a person would name it."""
    return str(file.relative_to(ROOT))
