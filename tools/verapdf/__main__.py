"""`python -m tools.verapdf [letter.pdf …]`: fetch veraPDF; with files, say whether they keep PDF/A-2b."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.engines.cache import Missing, say
from tools.verapdf import complaints, get


def main(arguments: list[str]) -> int:
    try:
        say("verapdf", f"is in {get()}")
        found = complaints([Path(name).resolve() for name in arguments]) if arguments else []
    except (Missing, subprocess.CalledProcessError) as error:
        say("verapdf", str(error))
        return 1
    print("\n".join(found) if found else f"{len(arguments)} files keep PDF/A-2b")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
