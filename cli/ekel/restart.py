"""`ekel restart`: have every process of a running `ekel up` replaced, one after the other, while it works."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from chassis.ids import new_id
from ekel import roles
from ekel.deployables import shared
from ekel.up.rolling import OUTCOME, WISH

PAUSE = 0.2  # seconds between two looks


def run(names: Sequence[str], *, patience: float) -> int:
    """Exit code: 0 all replaced, 1 not running or not all, 2 for a role that does not exist."""
    state = roles.read()
    if state is None:
        print("not running: `ekel up` starts it", file=sys.stderr)
        return 1
    unknown = sorted(set(names) - set(state["roles"]))
    if unknown:
        print(f"no such role: {', '.join(unknown)}; `ekel status` lists them", file=sys.stderr)
        return 2
    folder = shared().data.resolve() / "run"
    wish = new_id()
    if not _left(folder, {"id": wish, "roles": list(names) or sorted(state["roles"])}):
        print("another restart is under way", file=sys.stderr)
        return 1
    return _watched(folder, wish, {name: role["pid"] for name, role in state["roles"].items()}, patience)


def _left(folder: Path, wish: object) -> bool:
    """Whole or not at all; False when there is one already."""
    draft = folder / f"{WISH}.{os.getpid()}"
    draft.write_text(json.dumps(wish))
    try:
        os.link(draft, folder / WISH)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def _watched(folder: Path, wish: str, pids: dict[str, int], patience: float) -> int:
    until = time.monotonic() + patience
    while (folder / WISH).exists():
        _told(pids)
        if time.monotonic() > until or roles.read() is None:
            print("no outcome: is `ekel up` still running?", file=sys.stderr)
            return 1
        time.sleep(PAUSE)
    _told(pids)
    outcome = json.loads((folder / OUTCOME).read_text())
    if outcome["id"] != wish or outcome["failed"]:
        print(outcome["failed"] or "no outcome: another restart came after this one", file=sys.stderr)
        return 1
    return 0


def _told(pids: dict[str, int]) -> None:
    """One line for every process that is another one now."""
    for name, role in ((roles.read() or {}).get("roles", {})).items():
        if role["pid"] and role["pid"] != pids[name]:
            print(f"{name}: {pids[name]} -> {role['pid']}", flush=True)
            pids[name] = role["pid"]
