"""Named kill points: a test names one, the process dies there with SIGKILL, once.

`EKEL_KILL_AT=<role>:<point>[:<n>]` kills the process whose role is <role> when it passes <point> for the n-th
time (default 1); several are separated by commas. It works only with `EKEL_ENV=test` or `demo`. A marker file
makes each happen once per data folder, so that the restarted process lives.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

POINTS = {
    "document.before_write": "the decision is made, nothing is stored",
    "document.after_write": "state and outbox are stored, nobody was told",
    "relay.before_publish": "the outbox is read, nothing is published",
    "relay.after_publish": "the log has the events, the outbox still holds them",
    "worker.after_effect": "the handler's effect is stored, the offset is not committed",
    "number.after_number": "the letter number is taken, the PDF does not exist",
    "upload.middle": "half of an upload is in quarantine",
}
_passes: dict[str, int] = {}


def point(name: str) -> None:
    """Die here if a test asked for it."""
    asked = os.environ.get("EKEL_KILL_AT")
    if not asked or os.environ.get("EKEL_ENV") not in ("test", "demo"):
        return
    here = [w for w in asked.split(",") if w.split(":")[:2] == [os.environ.get("EKEL_ROLE"), name]]
    if here:
        _passes[name] = _passes.get(name, 0) + 1
    for wanted in here:
        _, _, *nth = wanted.split(":")
        if _passes[name] >= int(nth[0] if nth else 1) and _first_time(wanted):
            os.kill(os.getpid(), signal.SIGKILL)


def _first_time(wanted: str) -> bool:
    folder = Path(os.environ["EKEL_DATA"]) / "run" / "kills"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(folder / wanted.replace(":", "_"), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True
