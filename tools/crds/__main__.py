"""`python -m tools.crds`: fetch the schemas of the operators' objects, or say where they are."""

from __future__ import annotations

import sys

from tools.crds import get
from tools.engines.cache import say
from tools.report import ended


def main() -> int:
    for folder in get():
        say("crds", f"are in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(ended("crds", main))
