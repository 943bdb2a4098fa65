"""`python -m tools.kustomize`: fetch kustomize, or say where it is."""

from __future__ import annotations

import sys

from tools.engines.cache import say
from tools.kustomize import get
from tools.report import ended


def main() -> int:
    say("kustomize", f"is {get()}")
    return 0


if __name__ == "__main__":
    sys.exit(ended("kustomize", main))
