"""python -m frontend http: one front end by hand; any number may run beside one another."""

from __future__ import annotations

import argparse
import sys

from chassis.settings import load
from frontend import roles
from frontend.settings import Settings
from runtime.serve import Sockets, listen


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m frontend")
    parser.add_subparsers(dest="task", required=True).add_parser("http")
    parser.parse_args()
    settings = load(Settings)
    roles.http(Sockets(listen(settings.http_bind), listen(settings.internal_bind)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
