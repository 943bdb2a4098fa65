"""What the processes of a running system use: processor seconds and memory, by role with its children."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from support.system import System

_TICK = os.sysconf("SC_CLK_TCK")


def cpu(pids: Iterable[int]) -> float:
    """Processor seconds used until now, user and system."""
    return sum(map(_ticks, pids)) / _TICK


def pss(pids: Iterable[int]) -> float:
    """Proportional set size in MB: shared pages are divided among those who share them."""
    return sum(map(_pss, pids))


def roles(system: System) -> dict[str, set[int]]:
    """Role → its process and those it started."""
    return {name: system.processes(name) for name in system.roles()}


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return int(fields[11]) + int(fields[12])


def _pss(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024
