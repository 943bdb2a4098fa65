"""`python -m <service>`: run a role by hand, or look after its stores; the same words in every service."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from chassis import deadletters
from chassis.aggregate import Aggregates
from chassis.audit import Audit
from chassis.ports.errors import PortError
from chassis.settings import Settings, load
from runtime.serve import Sockets, listen


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a service can be asked for. `seed` takes the settings and whether demo data are wanted; `parked` gives
    the collection whose applications may be parked, and the chain that notes what an operator does to them.
    `settings` has `http_bind`, `internal_bind` and `worker_bind`.
    """

    name: str
    settings: type[Settings]
    http: Callable[[Sockets], None]
    worker: Callable[[Sockets], None]
    migrate: Callable[[Any], None]
    check: Callable[[Any], dict[str, Any]]
    seed: Callable[[Any, bool], object]
    parked: Callable[[Any], tuple[Aggregates, Audit]]


def run(command: Command, words: list[str] | None = None) -> int:
    """The exit code: 0 done, 1 something is wrong, 2 asked for what cannot be."""
    asked = _parser(command.name).parse_args(words)
    return said(f"{command.name} {asked.task}", lambda: _do(command, asked, load(command.settings)))


def said(what: str, do: Callable[[], int]) -> int:
    """The exit code `do` gives; 1 after one line on stderr where an engine fails or a key is missing."""
    try:
        return do()
    except PortError as error:
        reason = str(error)
    except FileNotFoundError as error:
        if not str(error.filename).endswith((".key", ".pem")):
            raise
        reason = f"{error.filename} is missing. `ekel keys make` makes the keys of a new installation"
    print(f"{what}: {reason}", file=sys.stderr)
    return 1


def _do(command: Command, asked: argparse.Namespace, settings: Any) -> int:
    if asked.task == "http":
        command.http(Sockets(listen(settings.http_bind), listen(settings.internal_bind)))
    elif asked.task == "worker":
        command.worker(Sockets(None, listen(settings.worker_bind)))
    elif asked.task == "migrate":
        command.migrate(settings)
    elif asked.task == "seed":
        command.seed(settings, asked.what == "demo")
    elif asked.task == "check":
        report = command.check(settings)
        print(json.dumps(report, ensure_ascii=False))
        return 1 if report["wrong"] else 0
    else:
        return dead_letters(*command.parked(settings), asked.action, asked.id)
    return 0


def dead_letters(
    store: Aggregates, audit: Audit, action: Literal["list", "replay", "skip"], id: str | None
) -> int:
    """List parked applications, or release the head of one for the worker, which is noted in the chain."""
    parked = deadletters.listing(store)
    if action == "list":
        print(json.dumps(parked, ensure_ascii=False))
        return 0
    scope = next((entry["scope"] for entry in parked if entry["id"] == id), None)
    if scope is None or id is None:
        print("nothing is parked under this id", file=sys.stderr)
        return 2
    audit.append(scope, actor="operator", action=f"dead_letter_{action}", subject=id)
    return 0 if deadletters.request(store, scope, id, action) else 1


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {name}")
    tasks = parser.add_subparsers(dest="task", required=True)
    for task in ("http", "worker", "migrate", "check"):
        tasks.add_parser(task)
    tasks.add_parser("seed").add_argument("what", choices=["reference", "demo"])
    letters = tasks.add_parser("dead-letters")
    letters.add_argument("action", choices=["list", "replay", "skip"])
    letters.add_argument("id", nargs="?")
    return parser
