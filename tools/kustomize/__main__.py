"""`python -m tools.kustomize`: fetch kustomize, or say where it is."""

from __future__ import annotations

import subprocess
import sys

from tools.engines.cache import Missing, say
from tools.kustomize import get


def main() -> int:
    try:
        say("kustomize", f"is {get()}")
    except (Missing, subprocess.CalledProcessError) as error:
        say("kustomize", str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
