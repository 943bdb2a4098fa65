"""One supervised process: forked before any thread or connection exists, logging to a file of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from ekel.up.plan import Role

_KEEP = 20 * 1024 * 1024  # bytes of log after which the old one is put aside
_PDEATHSIG = 1  # prctl(2)


def fork(role: Role, logs: Path) -> int:
    """Start the role; its pid."""

    def main() -> None:
        os.environ["EKEL_ROLE"] = role.name
        role.main(role.sockets)

    return spawn(main, logs / f"{role.name}.log")


def spawn(main: Callable[[], None], log: Path) -> int:
    """Run `main` in a forked child that ends with its parent; its pid."""
    if log.exists() and log.stat().st_size > _KEEP:
        log.replace(log.with_suffix(".log.1"))
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _prepare(parent, log)
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # the child must never return into the supervisor's code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _prepare(parent: int, log: Path) -> None:
    os.setpgid(0, 0)  # Ctrl-C is the supervisor's to answer
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    descriptor = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    _end_with(parent)


def _end_with(parent: int) -> None:
    """SIGTERM when the supervisor is gone: by the kernel on Linux, by looking elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
