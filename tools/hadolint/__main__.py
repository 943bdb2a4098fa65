"""`python -m tools.hadolint`: fetch hadolint and say what is wrong with the project's Dockerfiles."""

from __future__ import annotations

import subprocess
import sys

from tools.engines.cache import Missing, say
from tools.hadolint import complaints, files, get


def main() -> int:
    try:
        say("hadolint", f"is {get()}")
        found = complaints(files())
    except (Missing, subprocess.CalledProcessError) as error:
        say("hadolint", str(error))
        return 1
    print("\n".join(found) if found else f"{len(files())} Dockerfiles are clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
