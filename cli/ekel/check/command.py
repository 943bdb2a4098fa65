"""The command itself: wait for quiet, check, print, exit 0, 1 or 2."""

from __future__ import annotations

import json
import time

from chassis.ports.errors import PortError
from ekel.check import quiet
from ekel.check.joined import Joined, check
from ekel.deployables import shared
from ekel.stores import Stores, opened

FINE, WRONG, RESTLESS = 0, 1, 2
LASTING = ("C0", "C2", "C9", "C10", "C14")  # unreadable, stuck, out of place, tampered with


def run(*, wait: float, as_json: bool) -> int:
    """Print counts, findings and the hash; the exit code."""
    deadline = time.monotonic() + wait
    with opened(shared()) as stores:
        while True:
            restless = _restless(stores, max(0.0, deadline - time.monotonic()))
            joined = check(stores)
            # A promise may fall due while it looks; what it then saw was not one state.
            if restless or not joined.busy or time.monotonic() >= deadline:
                break
    told = restless or joined.busy
    code = _code(joined, told)
    if as_json:
        print(json.dumps(_report(joined, told, code), indent=2))
    else:
        _print(joined, told, code)
    return code


def _code(joined: Joined, told: list[str]) -> int:
    """Damage that no waiting mends outweighs unrest; other findings count only when quiet."""
    if any(wrong["invariant"] in LASTING for wrong in joined.wrong):
        return WRONG
    return RESTLESS if told else WRONG if joined.wrong else FINE


def _restless(stores: Stores, wait: float) -> list[str]:
    try:
        return quiet.wait(stores, wait)
    except PortError:
        return []  # the checks below name the store (C0)


def _report(joined: Joined, told: list[str], code: int) -> dict[str, object]:
    return {
        "exit": code,
        "busy": told,
        "wrong": joined.wrong,
        "counts": joined.counts,
        "hashes": joined.hashes,
        "hash": joined.hash,
    }


def _print(joined: Joined, told: list[str], code: int) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(soft_wrap=True, highlight=False)
    table = Table(title="ekel check", title_justify="left")
    for heading in ("where", "what", "count"):
        table.add_column(heading)
    for name, counts in joined.counts.items():
        for what, number in sorted(counts.items()):
            table.add_row(name, what, str(number))
    console.print(table)
    for wrong in joined.wrong:
        console.print(
            f"{wrong['invariant']} {wrong['service']} {wrong['id']}: {wrong['detail']}", markup=False
        )
    for what in told:
        console.print(f"not quiet: {what}", markup=False)
    verdict = {FINE: "every invariant holds", WRONG: "findings above", RESTLESS: "not quiet"}[code]
    console.print(f"state {joined.hash[:16]} · {verdict}", markup=False)
