"""Who may import whom: the import-linter contracts, and two whitelists it cannot express."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.tree import PACKAGES, ROOT, SERVICES, imports, python_files, short

APPLICATION_MAY = ("chassis.ports", "chassis.aggregate", "chassis.envelope")


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_domain_is_standard_library_only(service: str) -> None:
    room = PACKAGES[service] / service / "domain"

    foreign = [
        f"{short(file)} imports {name}"
        for file in room.rglob("*.py")
        for name in imports(file)
        if not _standard(name) and not name.startswith(f"{service}.domain.")
    ]

    assert foreign == []


@pytest.mark.parametrize("service", SERVICES)
def test_application_knows_domain_and_three_modules_of_the_chassis(service: str) -> None:
    room = PACKAGES[service] / service / "application"
    may = (f"{service}.domain", f"{service}.application", *APPLICATION_MAY)

    foreign = [
        f"{short(file)} imports {name}"
        for file in room.rglob("*.py")
        for name in imports(file)
        if not _standard(name) and not any(f"{name}.".startswith(f"{allowed}.") for allowed in may)
    ]

    assert foreign == []


def test_every_folder_with_code_is_a_package() -> None:
    # Otherwise it would work from the checkout and be missing from a built wheel.
    folders = {file.parent for file in python_files()}

    assert [short(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def _standard(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in sys.stdlib_module_names
