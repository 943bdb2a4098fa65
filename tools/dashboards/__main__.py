"""`python -m tools.dashboards [FOLDER]`: what Grafana's types have against the dashboards; exit 1 if anything."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.dashboards import BOARDS, complaints
from tools.report import ended, verdict


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else BOARDS
    return verdict(complaints(folder), f"{len(list(folder.glob('*.json')))} dashboards fit Grafana's types")


if __name__ == "__main__":
    sys.exit(ended("dashboards", lambda: main(sys.argv[1:])))
