"""`ekel status`: what the supervisor wrote about its roles, and what they answer now."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

import urllib3

from ekel.deployables import shared

TIMEOUT = 3.0  # seconds per probe


def run(*, as_json: bool) -> int:
    """Print the roles; 0 if every one is alive and ready, 1 otherwise."""
    state = read()
    if state is None:
        print("{}" if as_json else "not running: `ekel up` starts it")
        return 1
    roles = {name: _probed(role) for name, role in state["roles"].items()}
    if as_json:
        print(json.dumps({"gateway": state["gateway"], "roles": roles}, indent=2))
    else:
        _table(state["gateway"], roles)
    return (
        0 if roles and all(r["alive"] and r["ready"] in ("ready", "degraded") for r in roles.values()) else 1
    )


def read() -> dict[str, Any] | None:
    """The supervisor's file, or None when it has never run here."""
    file = shared().data.resolve() / "run" / "roles.json"
    if not file.exists():
        return None
    state: dict[str, Any] = json.loads(file.read_text())
    return state


def _probed(role: Mapping[str, Any]) -> dict[str, Any]:
    return {**role, "alive": _alive(role["pid"]), "ready": _ready(role["internal"])}


def _alive(pid: int | None) -> bool:
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _ready(internal: str) -> str:
    try:
        answer = urllib3.request("GET", f"{internal}/readyz", timeout=TIMEOUT, retries=False)
        return str(answer.json()["status"])
    except (urllib3.exceptions.HTTPError, ValueError, KeyError) as error:
        return f"no answer ({type(error).__name__})"


def _table(gateway: str, roles: Mapping[str, Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"e-Kelurahan at {gateway}")
    for heading in ("role", "pid", "state", "public", "internal", "restarts"):
        table.add_column(heading)
    for name, role in sorted(roles.items()):
        state = role["ready"] if role["alive"] else "gone"
        cells = (name, role["pid"], state, role["public"] or "-", role["internal"], role["restarts"])
        table.add_row(*map(str, cells))
    # A pipe has no width: nothing may be cut off there.
    Console(width=None if sys.stdout.isatty() else 160).print(table)
