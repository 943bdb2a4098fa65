"""`python -m tools.hadolint`: fetch hadolint and say what is wrong with the project's Dockerfiles."""

from __future__ import annotations

import sys

from tools.engines.cache import say
from tools.hadolint import complaints, files, get
from tools.report import ended, verdict


def main() -> int:
    say("hadolint", f"is {get()}")
    return verdict(complaints(files()), f"{len(files())} Dockerfiles are clean")


if __name__ == "__main__":
    sys.exit(ended("hadolint", main))
