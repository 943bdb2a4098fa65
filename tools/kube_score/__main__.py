"""`python -m tools.kube_score`: fetch kube-score and say what is unwise in the overlays of deploy/k8s."""

from __future__ import annotations

import sys

from tools import kustomize
from tools.engines.cache import say
from tools.kube_score import EXCUSED, complaints, get
from tools.report import ended, verdict


def main() -> int:
    say("kube-score", f"is {get()}")
    found = [
        f"{name}: {each}"
        for name, excused in EXCUSED.items()
        for each in complaints(kustomize.overlay(name), excused)
    ]
    return verdict(found, f"the overlays {' and '.join(EXCUSED)} are clean")


if __name__ == "__main__":
    sys.exit(ended("kube-score", main))
