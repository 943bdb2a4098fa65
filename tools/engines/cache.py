"""What was fetched or built once, outside the tree: `<cache>/ekelurahan/engines/<name>-<version>`."""

from __future__ import annotations

import os
import shutil
import sys
import time
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
