"""`python -m notifikasi`: run a role by hand, or look after its stores."""

from __future__ import annotations

import argparse
import json

from chassis import deadletters
from chassis.settings import load
from notifikasi import roles, seed
from notifikasi.bootstrap import build
from notifikasi.settings import Settings
from web.serve import Sockets, listen


def main() -> int:
    parser = argparse.ArgumentParser(prog="notifikasi")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("http", "worker", "migrate", "check"):
        commands.add_parser(name)
    commands.add_parser("seed").add_argument("what", choices=["reference", "demo"])
    letters = commands.add_parser("dead-letters")
    letters.add_argument("action", choices=["list", "replay", "skip"])
    letters.add_argument("id", nargs="?")
    asked = parser.parse_args()
    settings = load(Settings)
    if asked.command == "http":
        roles.http(Sockets(listen(settings.http_bind), listen(settings.internal_bind)))
    elif asked.command == "worker":
        roles.worker(Sockets(None, listen(settings.worker_bind)))
    elif asked.command == "migrate":
        roles.migrate(settings)
    elif asked.command == "seed":
        (seed.demo if asked.what == "demo" else seed.reference)(settings)
    elif asked.command == "check":
        report = roles.check(settings)
        print(json.dumps(report, ensure_ascii=False))
        return 1 if report["wrong"] else 0
    else:
        return _dead_letters(settings, asked.action, asked.id)
    return 0


def _dead_letters(settings: Settings, action: str, id: str | None) -> int:
    app = build(settings)
    parked = deadletters.listing(app.kabar)
    if action == "list":
        print(json.dumps(parked, ensure_ascii=False))
        return 0
    chosen = [entry for entry in parked if entry["id"] == id]
    return 0 if chosen and deadletters.request(app.kabar, chosen[0]["scope"], chosen[0]["id"], action) else 1  # type: ignore[arg-type]


if __name__ == "__main__":
    raise SystemExit(main())
