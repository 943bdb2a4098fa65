"""What the processes of a running system use: processor seconds and memory, by role with its children."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from support.system import System

# Who is there now, by name: a process may start others, and end them, while it is watched.
Watched = Callable[[], Mapping[str, Iterable[int]]]
_TICK = os.sysconf("SC_CLK_TCK")


def cpu(pids: Iterable[int]) -> float:
    """Processor seconds used until now, user and system, also by those they started and that ended since.

    To the nanosecond for who is there; for who ended in hundredths, as /proc/pid/stat counts.
    """
    return sum(map(_used, pids))


def used(watched: Watched) -> dict[str, float]:
    """The same by name."""
    return {name: cpu(pids) for name, pids in watched().items()}


def rest(pids: Iterable[int], seconds: float) -> float:
    """Processor seconds per second of processes that nobody asks anything, looked at for so long."""
    there = set(pids)
    return rests(lambda: {"": there}, seconds)[""]


def rests(watched: Watched, seconds: float) -> dict[str, float]:
    """The same by name."""
    begin, before = time.monotonic(), used(watched)
    time.sleep(seconds)
    after, took = used(watched), time.monotonic() - begin
    return {name: (after[name] - before[name]) / took for name in after}


def pss(pids: Iterable[int]) -> float:
    """Proportional set size in MB: shared pages are divided among those who share them."""
    return sum(map(_pss, pids))


def roles(system: System) -> dict[str, set[int]]:
    """Role → its process and those it started."""
    return {name: system.processes(name) for name in system.roles()}


def _used(pid: int) -> float:
    """0 for a process that has just ended: its parent has it."""
    try:
        own = time.clock_gettime(_clock(pid))
        ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[13:15]
    except OSError:
        return 0.0
    return own + sum(map(int, ended)) / _TICK


def _clock(pid: int) -> int:
    """The processor clock of another process, as clock_getcpuclockid(3) makes it on Linux."""
    return (~pid << 3) | 2


def _pss(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024
