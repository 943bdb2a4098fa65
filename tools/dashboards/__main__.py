"""`python -m tools.dashboards [FOLDER]`: what Grafana's types have against the dashboards; exit 1 if anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.dashboards import BOARDS, complaints
from tools.engines.cache import Missing, say


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else BOARDS
    try:
        found = complaints(folder)
    except (Missing, subprocess.CalledProcessError) as error:
        say("dashboards", str(error))
        return 1
    print("\n".join(found) if found else f"{len(list(folder.glob('*.json')))} dashboards fit Grafana's types")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
