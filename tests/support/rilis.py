"""A released version's source, beside today's: its tree out of git, run by today's interpreter and packages."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from support.tree import ROOT


class Release:
    """`tree` is a folder with the whole source, unpacked; today's release is the working tree."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree

    def environment(self, *more: str) -> dict[str, str]:
        """What makes a Python import this tree's packages before the installed ones; `more` are folders in it."""
        packages = [file.parent for file in sorted(self.tree.glob("*/pyproject.toml"))]
        packages += [file.parent for file in sorted(self.tree.glob("*/*/pyproject.toml"))]
        folders = [*packages, *(self.tree / each for each in more)]
        return {"PYTHONPATH": os.pathsep.join(map(str, folders))}


TODAY = Release(ROOT)


def unpacked(tag: str, folder: Path) -> Release:
    """The release of that tag. Skips the test by name where there is no history (a tarball, a shallow clone)."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout, so there is no released version to run")
    command = ["git", "archive", tag]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"tag {tag} is not in this checkout (a shallow clone?): {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python before 3.11.4 has none
        tar.extractall(folder)
    return Release(folder)
