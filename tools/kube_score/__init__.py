"""kube-score from its Go module: what is unwise in manifests that a cluster accepts; a warning is an error."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tools.engines.cache import fetched
from tools.engines.go import built

MODULE = "github.com/zegl/kube-score/cmd/kube-score"
VERSION = "v1.20.0"
OLDEST = "v1.31"  # Kubernetes that is supported
MORE = ("container-seccomp-profile", "container-ports-check")
_PULL: Final = {
    "container-image-pull-policy": "a tag is never moved: a node whose registry is away must still start a role"
}
# What an overlay does otherwise, and why. What concerns one object only is excused by an annotation at it.
EXCUSED: Final[Mapping[str, Mapping[str, str]]] = {
    "small": {**_PULL, "deployment-replicas": "one of everything is what one node is for"},
    "production": {
        **_PULL,
        "deployment-has-host-podantiaffinity": "patches/role.yaml spreads pods by topologySpreadConstraints",
    },
}


def get() -> Path:
    """The program: the system's, else the one of the cache, which is built once."""
    own = shutil.which("kube-score")
    return Path(own) if own else fetched("kube-score", VERSION, _fill) / "kube-score"


def complaints(manifests: str, excused: Iterable[str]) -> list[str]:
    """What kube-score has against these objects, rules that are excused apart, one line each; empty if nothing.

    No limit of CPU on purpose: it would slow requests while cores are idle (docs/operations.md).
    """
    command = [str(get()), "score", "--output-format", "ci", "--kubernetes-version", OLDEST]
    command += ["--ignore-container-cpu-limit", "--ignore-test", ",".join(excused)]
    command += ["--enable-optional-test", ",".join(MORE), "-"]
    done = subprocess.run(command, input=manifests, capture_output=True, text=True, check=False)
    told = done.stdout.splitlines()
    found = [line for line in told if not line.startswith(("[OK]", "[SKIPPED]"))]
    return found if len(found) < len(told) else [*found, f"nothing was judged: {done.stderr[-500:]}"]


def _fill(folder: Path) -> None:
    built(MODULE, VERSION, folder)
