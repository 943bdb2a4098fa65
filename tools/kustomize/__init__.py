"""kustomize from its Go module: what `kubectl apply -k` builds, built and looked at by tests without a cluster."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.engines.cache import fetched
from tools.engines.go import built

MODULE = "sigs.k8s.io/kustomize/kustomize/v5"
VERSION = "v5.8.1"
OVERLAYS = Path(__file__).parents[2] / "deploy/k8s/overlays"


def get() -> Path:
    """The program: the system's, else the one of the cache, which is built once."""
    own = shutil.which("kustomize")
    return Path(own) if own else fetched("kustomize", VERSION, _fill) / "kustomize"


def overlay(name: str) -> str:
    """What an overlay of deploy/k8s is once it is built, as YAML."""
    command = [str(get()), "build", str(OVERLAYS / name)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _fill(folder: Path) -> None:
    built(MODULE, VERSION, folder)
