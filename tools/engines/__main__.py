"""`python -m tools.engines get|start|stop|status [kafka mongo minio]`: servers for development and tests.

get     fetch or build what is missing
start   get, start, print the settings as `NAME=value` lines
stop    end them; their data stay
status  the settings of those that run; exit code 1 if one does not

`start mongo --nodes 3` (stop and status too) is a replica set of three, which survives the loss of its primary;
`start kafka --nodes 3` a cluster of three, which survives the loss of any one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tools.engines import ENGINES, brokers, replicas
from tools.engines.cache import Missing, say
from tools.engines.server import Engine, Failed, read, running, start, stop

# Start, stop, folders of the nodes, settings.
SETS = {
    "mongo": (replicas.start_set, replicas.stop_set, replicas.nodes, replicas.settings),
    "kafka": (brokers.start_cluster, brokers.stop_cluster, brokers.nodes, brokers.settings),
}


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    chosen = dict(pair.split("=", 1) for pair in options.port)
    code = 0
    for name in options.engines or list(ENGINES):
        port = int(chosen[name]) if name in chosen else None
        try:
            if name in SETS and options.nodes > 1 and options.action != "get":
                code |= _do_set(name, options.action, options.data / f"{name}-set", options.nodes)
            else:
                code |= _do(options.action, ENGINES[name](), options.data / name, port)
        except (Missing, Failed, subprocess.CalledProcessError) as error:
            say(name, str(error))
            code = 1
    return code


def _do(action: str, engine: Engine, folder: Path, port: int | None) -> int:
    if action == "get":
        say(engine.name, f"is in {engine.get()}")
    elif action == "start":
        _show(start(engine, folder, port))
    elif action == "stop":
        say(engine.name, "stopped" if stop(engine.name, folder) else "did not run")
    elif running(folder):
        _show(read(folder)["settings"])
    else:
        say(engine.name, "does not run")
        return 1
    return 0


def _do_set(name: str, action: str, folder: Path, count: int) -> int:
    """As `_do`, for several nodes that are one, beside the single one."""
    begin, end, nodes, settings = SETS[name]
    if action == "start":
        _show(begin(folder, count))
    elif action == "stop":
        say(name, "the set is stopped" if end(folder) else "the set did not run")
    elif nodes(folder) and all(running(node) for node in nodes(folder)):
        _show(settings(folder))
    else:
        say(name, "not every node of the set runs")
        return 1
    return 0


def _show(settings: dict[str, str]) -> None:
    for name, value in settings.items():
        print(f"{name}={value}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.engines", description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["get", "start", "stop", "status"])
    parser.add_argument("engines", nargs="*", metavar="engine", help=f"of {', '.join(ENGINES)}; default: all")
    parser.add_argument("--data", type=Path, default=Path("data/engines"), help="folder of all their data")
    parser.add_argument(
        "--nodes", type=int, default=1, help="of mongo and kafka: a set of so many, in a folder of its own"
    )
    parser.add_argument(
        "--port", action="append", default=[], metavar="NAME=PORT", help="instead of a free one"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
