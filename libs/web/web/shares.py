"""Fair shares of a role's threads: one owner holds a few, all together not all, the rest are told when to return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from web.problems import Problem

RETRY = 1  # seconds; a piece of an upload takes less as a rule


class Shares:
    """At most `each` at once for one owner, `total` for all. Thread-safe; one per process and kind of work."""

    def __init__(self, each: int, total: int) -> None:
        self._each, self._total = each, total
        self._held: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def hold(self, owner: str) -> Iterator[None]:
        """One place while the body runs. Raises `sedang-sibuk` with Retry-After when there is none."""
        with self._lock:
            if self._held[owner] >= self._each or self._held.total() >= self._total:
                words = "Banyak berkas sedang dikirim. Tunggu sebentar, lalu lanjutkan."
                raise Problem("sedang-sibuk", words, headers={"Retry-After": str(RETRY)})
            self._held[owner] += 1
        try:
            yield
        finally:
            with self._lock:
                self._held[owner] -= 1
                if not self._held[owner]:
                    del self._held[owner]
