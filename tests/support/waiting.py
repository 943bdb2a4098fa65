"""Wait for a condition, never for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def until(condition: Callable[[], T], *, seconds: float = 120.0, what: str = "") -> T:
    """The first true value of `condition`; an assertion error that names it after `seconds`.

    A costly look is taken less often, or looking would keep what is waited for from happening.
    """
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        begin = time.monotonic()
        value = condition()
        if value:
            return value
        end = time.monotonic()
        assert end < deadline, f"waited {seconds} s for {what or condition}"
        pause.wait(min(max(0.01, 3 * (end - begin)), 0.5))


@contextmanager
def running(*loops: Callable[[threading.Event], None]) -> Iterator[None]:
    """Run loops that take a stop event in threads of their own, and end them."""
    stop = threading.Event()
    threads = [threading.Thread(target=loop, args=(stop,), daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
