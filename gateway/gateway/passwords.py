"""Passwords of staff: argon2id, the same work for accounts that exist and those that do not."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

SHORTEST = 12  # characters
_TOGETHER = 4  # hashes at once: each takes 19 MiB


class Passwords:
    """Cost after OWASP's password storage cheat sheet: 19 MiB, two passes, one lane."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._nobody = self._hasher.hash("nobody has this password")
        self._turn = threading.Semaphore(_TOGETHER)

    def hash(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether it is the password; `stored` is None for an unknown account, which costs as much."""
        with self._turn:
            try:
                self._hasher.verify(stored or self._nobody, password)
                return stored is not None
            except VerificationError:
                return False
