"""`python -m tools.kube_score`: fetch kube-score and say what is unwise in the overlays of deploy/k8s."""

from __future__ import annotations

import subprocess
import sys

from tools import kustomize
from tools.engines.cache import Missing, say
from tools.kube_score import EXCUSED, complaints, get


def main() -> int:
    found = []
    try:
        say("kube-score", f"is {get()}")
        for name, excused in EXCUSED.items():
            found += [f"{name}: {each}" for each in complaints(kustomize.overlay(name), excused)]
    except (Missing, subprocess.CalledProcessError) as error:
        say("kube-score", str(error))
        return 1
    print("\n".join(found) if found else f"the overlays {' and '.join(EXCUSED)} are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
