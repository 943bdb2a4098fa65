"""`python -m tools.verapdf [letter.pdf …]`: fetch veraPDF; with files, say whether they keep PDF/A-2b."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.engines.cache import say
from tools.report import ended, verdict
from tools.verapdf import complaints, get


def main(arguments: list[str]) -> int:
    say("verapdf", f"is in {get()}")
    found = complaints([Path(name).resolve() for name in arguments]) if arguments else []
    return verdict(found, f"{len(arguments)} files keep PDF/A-2b")


if __name__ == "__main__":
    sys.exit(ended("verapdf", lambda: main(sys.argv[1:])))
