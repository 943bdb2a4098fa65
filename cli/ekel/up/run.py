"""`ekel up`: prepare the stores, start every role, show their state, stop cleanly."""

from __future__ import annotations

import errno
import fcntl
import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rich.console import Console

from chassis import settings
from chassis.contracts import Contracts
from chassis.ports.errors import PortError
from ekel.up import child, plan
from ekel.up.rolling import Rolling
from ekel.up.screen import Screen
from ekel.up.supervisor import Supervisor
from web import pseudonyms, tokens

PORT = 8080
PATIENCE = 10.0  # seconds for the roles of a killed supervisor to end
_console = Console(stderr=True, soft_wrap=True)


def run(*, demo: bool, port: int | None, ephemeral: bool, screen: bool) -> int:
    """Exit code: 0 after a clean stop, 1 when it could not start, 2 for wrong settings."""
    common = settings.load(settings.Settings)
    if demo and common.env == "production":
        _console.print("ekel up --demo is refused with EKEL_ENV=production: demo people are no residents.")
        return 2
    ports = _ports(port, ephemeral=ephemeral)
    data = common.data.resolve()
    (data / "run").mkdir(parents=True, exist_ok=True)
    with _alone(data) as alone:
        if not alone:
            _console.print(f"Another ekel up is running on {data}. Stop it, or choose another EKEL_DATA.")
            return 1
        try:
            roles = plan.roles(ports)
        except OSError as error:
            return _taken(ports, error)
        plan.environment(roles, data)
        tokens.ensure_keys(common.key_folder(), list(plan.DEPLOYABLES))
        pseudonyms.ensure(common.key_folder())
        if not _prepared(data, demo=demo):
            return 1
        Contracts(common.contracts)  # read before the roles are forked: they share its pages, some 3 MB each
        gc.collect()
        gc.freeze()
        supervisor = Supervisor(roles, data)
        return _supervise(supervisor, Rolling(supervisor, data, demo=demo), demo=demo, screen=screen)


def _ports(port: int | None, *, ephemeral: bool) -> plan.Ports:
    """The gateway's, with the stream beside it and the pages ten above, unless they are named."""
    if ephemeral:
        return plan.Ports(gateway=0, stream=0, pages=0)
    door = port or int(os.environ.get("EKEL_PORT", str(PORT)))
    return plan.Ports(
        gateway=door,
        stream=int(os.environ.get("EKEL_STREAM_PORT", str(door + 1))),
        pages=int(os.environ.get("EKEL_FRONTEND_PORT", str(door + 10))),
    )


@contextmanager
def _alone(data: Path) -> Iterator[bool]:
    """Whether no other system lives in this folder. The roles inherit the lock, so those of a supervisor that
    was killed count too: they end by themselves within moments, which is worth waiting for.
    """
    with (data / "run" / "supervisor.lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)  # by those in an interpreter of their own too
        until = time.monotonic() + PATIENCE
        while not (locked := _lock(lock)) and time.monotonic() < until:
            time.sleep(0.1)
        yield locked


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken(ports: plan.Ports, error: OSError) -> int:
    if error.errno != errno.EADDRINUSE:
        raise error
    _console.print(
        f"Port {ports.gateway}, {ports.stream} or {ports.pages} is taken by another program. "
        "Choose others: EKEL_PORT=8180 make run"
    )
    return 1


def _prepared(data: Path, *, demo: bool) -> bool:
    """Migrate and seed in a child of its own: no connection may exist here before the roles are forked."""

    def prepare() -> None:
        from ekel.seed import seed

        try:
            seed(demo=demo)
        except PortError as error:  # its text says what to do; a trace would only hide it
            print(error, file=sys.stderr)
            sys.exit(1)

    log = data / "log" / "seed.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    status = os.waitpid(child.spawn(prepare, log), 0)[1]
    if status:
        _console.print(f"Preparing the stores failed; the reason is at the end of {log}:")
        _console.print(log.read_text()[-1500:], markup=False, highlight=False)
    return status == 0


def _supervise(supervisor: Supervisor, rolling: Rolling, *, demo: bool, screen: bool) -> int:
    from ekel.up import welcome

    supervisor.handle_signals()
    began, told = time.monotonic(), False
    try:
        with Screen(wanted=screen) as view:
            while not supervisor.stopping:
                supervisor.start()
                for name in supervisor.reap():
                    view.console.print(f"{name} ended; it starts again.", highlight=False)
                ready = supervisor.look()
                view.show(supervisor.running)
                if ready and not told:
                    welcome.say(view.console, supervisor.running, time.monotonic() - began, demo=demo)
                    told = True
                busy = rolling.step()
                _nap(supervisor, 1.0 if told and not busy else 0.1)
    finally:
        _console.print("Stopping ...")
        supervisor.stop()
    return 0


def _nap(supervisor: Supervisor, seconds: float) -> None:
    """Sleep in small steps, so that a signal or an ended role is answered soon."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not supervisor.stopping:
        time.sleep(0.05)
        if supervisor.waits_for_start():
            return
