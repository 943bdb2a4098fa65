"""`python -m tools.crds`: fetch the schemas of the operators' objects, or say where they are."""

from __future__ import annotations

import subprocess
import sys

from tools.crds import get
from tools.engines.cache import Missing, say


def main() -> int:
    try:
        for folder in get():
            say("crds", f"are in {folder}")
    except (Missing, subprocess.CalledProcessError) as error:
        say("crds", str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
