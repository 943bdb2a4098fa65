"""What the processes of a running system use: processor seconds and memory, by role with its children."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from support.system import System


def cpu(pids: Iterable[int]) -> float:
    """Processor seconds used until now, user and system, to the nanosecond: /proc counts in hundredths."""
    return sum(time.clock_gettime(_clock(pid)) for pid in pids)


def rest(pids: Iterable[int], seconds: float) -> float:
    """Processor seconds per second of processes that nobody asks anything, looked at for so long."""
    return rests({"": set(pids)}, seconds)[""]


def rests(groups: Mapping[str, Iterable[int]], seconds: float) -> dict[str, float]:
    """The same of several groups at once."""
    begin, before = time.monotonic(), {name: cpu(pids) for name, pids in groups.items()}
    time.sleep(seconds)
    return {name: (cpu(pids) - before[name]) / (time.monotonic() - begin) for name, pids in groups.items()}


def pss(pids: Iterable[int]) -> float:
    """Proportional set size in MB: shared pages are divided among those who share them."""
    return sum(map(_pss, pids))


def roles(system: System) -> dict[str, set[int]]:
    """Role → its process and those it started."""
    return {name: system.processes(name) for name in system.roles()}


def _clock(pid: int) -> int:
    """The processor clock of another process, as clock_getcpuclockid(3) makes it on Linux."""
    return (~pid << 3) | 2


def _pss(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024
