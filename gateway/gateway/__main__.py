"""python -m gateway http | worker | pantau | migrate | check | rebuild | seed | account | dead-letters."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys

from chassis.settings import load
from gateway import bootstrap, roles, seed
from gateway.settings import Settings
from runtime.command import dead_letters, said
from runtime.serve import Sockets, listen
from web.problems import Problem


def main() -> int:
    """Exit code: 0 done, 1 something is wrong, 2 asked for what cannot be."""
    asked = _parser().parse_args()
    return said(f"gateway {asked.task}", lambda: _do(asked, load(Settings)))


def _do(asked: argparse.Namespace, settings: Settings) -> int:
    if asked.task == "http":
        public = listen(f"{settings.host}:{settings.port}")
        roles.http(Sockets(public, listen(settings.internal_bind)))
    elif asked.task == "worker":
        roles.worker(Sockets(None, listen(settings.worker_bind)))
    elif asked.task == "pantau":
        stream = listen(f"{settings.host}:{settings.stream_port}")
        roles.pantau(Sockets(stream, listen(settings.stream_bind)))
    elif asked.task == "migrate":
        roles.migrate(settings)
    elif asked.task == "check":
        report = roles.check(settings)
        print(json.dumps(report))
        return 1 if report["wrong"] else 0
    elif asked.task == "rebuild":
        print(json.dumps(roles.rebuild(settings)))
    elif asked.task == "dead-letters":
        app = bootstrap.build(settings)
        return dead_letters(app.rujukan, app.audit, asked.action, asked.id)
    else:
        return _accounts(asked, settings)
    return 0


def _accounts(asked: argparse.Namespace, settings: Settings) -> int:
    try:
        if asked.task == "seed":
            print(json.dumps({"akun": seed.demo(settings) if asked.demo else []}))
            return 0
        fields = {name: getattr(asked, name) for name in ("akun", "nama", "peran", "wilayah")}
        password = os.environ.get("EKEL_ACCOUNT_PASSWORD") or getpass.getpass("Password: ")
        made = seed.administrator(settings, **fields, sandi=password)
    except (seed.Refused, Problem) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps({"akun": asked.akun, "dibuat": made}))
    return 0 if made else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gateway")
    tasks = parser.add_subparsers(dest="task", required=True)
    for name in ("http", "worker", "pantau", "migrate", "check", "rebuild"):
        tasks.add_parser(name)
    tasks.add_parser("seed").add_argument("--demo", action="store_true")
    account = tasks.add_parser("account").add_subparsers(dest="action", required=True).add_parser("create")
    for name in ("akun", "nama", "peran", "wilayah"):
        account.add_argument(f"--{name}", required=True)
    letters = tasks.add_parser("dead-letters")
    letters.add_argument("action", choices=["list", "replay", "skip"])
    letters.add_argument("id", nargs="?")
    return parser


if __name__ == "__main__":
    sys.exit(main())
