"""kustomize from its Go module: what `kubectl apply -k` builds, built and looked at by tests without a cluster."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.engines.cache import fetched
from tools.engines.go import built

MODULE = "sigs.k8s.io/kustomize/kustomize/v5"
VERSION = "v5.8.1"


def get() -> Path:
    """The program: the system's, else the one of the cache, which is built once."""
    own = shutil.which("kustomize")
    return Path(own) if own else fetched("kustomize", VERSION, _fill) / "kustomize"


def _fill(folder: Path) -> None:
    built(MODULE, VERSION, folder)
