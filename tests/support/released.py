"""The contracts as files, today's and the released ones: the newest tag v0.*, or before it the parent commit."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDERS: Final = ("contracts/events", "contracts/examples")


class NoHistory(Exception):
    """Nothing earlier to compare with: a tarball, a shallow clone, or the first commit."""


@dataclass(frozen=True, slots=True)
class Release:
    """One state of the promises; `files` by path below contracts/."""

    name: str
    files: Mapping[str, bytes]

    def schemas(self) -> dict[str, dict[str, Any]]:
        """Event with its major version (`dokumen.surat.diterbitkan.v1`) → schema."""
        end = ".schema.json"
        return {
            path.removeprefix("events/").removesuffix(end): json.loads(body)
            for path, body in self.files.items()
            if path.startswith("events/") and path.endswith(end)
        }

    def examples(self) -> Iterator[tuple[str, str, Any]]:
        """(path, event with its major version, data) of every golden example."""
        for path, body in self.files.items():
            folder, _, file = path.removeprefix("examples/").partition("/")
            if path.startswith("examples/"):
                yield path, f"{folder}.{file.split('.')[0]}", json.loads(body)["data"]


def today(root: Path) -> Release:
    """What stands in the working tree."""
    files = {
        str(file.relative_to(root / "contracts")): file.read_bytes()
        for folder in FOLDERS
        for file in sorted((root / folder).rglob("*.json"))
    }
    return Release("working tree", files)


def released(root: Path) -> Release:
    """What was promised before. Raises `NoHistory` naming the reason."""
    # A file in a linked worktree. Where it exists, an error of git is an error and no reason to skip.
    if not (root / ".git").exists():
        raise NoHistory("not a git checkout (a tarball?), so there is no released version to compare with")
    if shutil.which("git") is None:
        raise NoHistory("git is not installed; this brings it: apt-get install git")
    return _at(root, _revision(root))


def _revision(root: Path) -> str:
    tags = _git(root, "tag", "--list", "v0.*", "--merged", "HEAD", "--sort=-version:refname").decode().split()
    if tags:
        return tags[0]
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "HEAD~1").decode().strip()
    except subprocess.CalledProcessError:
        raise NoHistory("no tag v0.* and no parent commit here (a shallow clone?)") from None


def _at(root: Path, revision: str) -> Release:
    listed = _git(root, "ls-tree", "-d", "--name-only", revision, *FOLDERS).decode().split()
    if not listed:
        return Release(revision, {})
    archive = _git(root, "archive", revision, *listed)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = {
            member.name.removeprefix("contracts/"): body.read()
            for member in tar
            if (body := tar.extractfile(member)) is not None
        }
    return Release(revision, files)


def _git(root: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True).stdout
