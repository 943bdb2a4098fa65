"""`python -m pengajuan http | worker | migrate | seed | check | openapi | dead-letters`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from chassis import deadletters
from chassis.settings import load
from pengajuan import roles
from pengajuan.bootstrap import build
from pengajuan.settings import Settings
from web.serve import Sockets, listen


def main(words: list[str] | None = None) -> int:
    """The exit code: 0 fine, 1 something is wrong, 2 not possible."""
    asked = _parser().parse_args(words)
    settings = load(Settings)
    if asked.what == "http":
        roles.http(Sockets(listen(settings.http_bind), listen(settings.internal_bind)))
    elif asked.what == "worker":
        roles.worker(Sockets(None, listen(settings.internal_bind)))
    elif asked.what == "migrate":
        roles.migrate(settings)
    elif asked.what == "seed":
        _print(roles.seed(settings, demo=asked.demo))
    elif asked.what == "openapi":
        _print(roles.openapi(settings.contracts))
    elif asked.what == "check":
        report = roles.check(settings)
        _print(report)
        return 1 if report["wrong"] else 0
    else:
        return _dead_letters(settings, asked.action, asked.id)
    return 0


def _dead_letters(settings: Settings, action: str, id: str | None) -> int:
    """Parked cases: listed, or the head of one released for the worker."""
    app = build(settings)
    try:
        store = app.lingkup.permohonan
        parked = deadletters.listing(store)
        if action == "list":
            _print(parked)
            return 0
        scope = next((p["scope"] for p in parked if p["id"] == id), None)
        if scope is None or id is None:
            print("nothing is parked under this id", file=sys.stderr)
            return 2
        app.audit.append(scope, actor="operator", action=f"dead_letter_{action}", subject=id)
        return 0 if deadletters.request(store, scope, id, action) else 1  # type: ignore[arg-type]
    finally:
        app.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pengajuan")
    commands = parser.add_subparsers(dest="what", required=True)
    for name in ("http", "worker", "migrate", "check", "openapi"):
        commands.add_parser(name)
    commands.add_parser("seed").add_argument("--demo", action="store_true")
    letters = commands.add_parser("dead-letters")
    letters.add_argument("action", choices=("list", "replay", "skip"))
    letters.add_argument("id", nargs="?")
    return parser


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    raise SystemExit(main())
