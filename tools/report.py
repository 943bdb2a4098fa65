"""How a tool ends: what it cannot do or finds wrong is said, and is the exit code."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

from tools.engines.cache import Missing, say


def ended(name: str, work: Callable[[], int]) -> int:
    """The exit code `work` gives; 1 after a line if a program it needs is missing or fails."""
    try:
        return work()
    except (Missing, subprocess.CalledProcessError) as error:
        say(name, str(error))
        return 1


def verdict(found: Sequence[str], clean: str) -> int:
    """Print what was found, a line each, or that it is clean; the exit code."""
    print("\n".join(found) if found else clean)
    return 1 if found else 0
