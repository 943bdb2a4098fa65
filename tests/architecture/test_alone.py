"""Each package imports, whole, with nothing but what its own pyproject.toml declares."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.tree import PACKAGES, project

OWN: dict[str, str] = {canonicalize_name(project(package)["name"]): package for package in PACKAGES}
PROGRAM = Path(__file__).with_name("import_alone.py")


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_needs_only_what_it_declares(package: str) -> None:
    allowed = _closure(Requirement(project(package)["name"]), set())

    done = subprocess.run(
        [sys.executable, "-I", PROGRAM, package, *sorted(allowed)], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def _closure(requirement: Requirement, seen: set[str]) -> set[str]:
    """The distribution and all it requires here; own packages are read from their files, never stale."""
    name = canonicalize_name(requirement.name)
    key = f"{name}[{','.join(sorted(requirement.extras))}]"
    if key in seen:
        return set()
    seen.add(key)
    found: set[str] = {name}
    for text in _declared(name):
        child = Requirement(text)
        extras = requirement.extras or {""}
        if child.marker is None or any(child.marker.evaluate({"extra": extra}) for extra in extras):
            found |= _closure(child, seen)
    return found


def _declared(name: str) -> list[str]:
    if name in OWN:
        table = project(OWN[name])  # with its extras: adapters imported only where a URL names them
        return [
            *table["dependencies"],
            *(each for some in table.get("optional-dependencies", {}).values() for each in some),
        ]
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []  # declared for another system or another engine, and not installed here
