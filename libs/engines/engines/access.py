"""Readers from outside, on engines that other systems may reach themselves; elsewhere they read over HTTP only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engines.adapters import named

ACCESS = {"kafka": "engines.production.kafka_access:KafkaAccess"}


class Access(Protocol):
    """Users of the event engine. Raised: `Unavailable`, `Refused` (no right to do so, or no rights kept at all)."""

    def grant(self, user: str, password: str, topics: Sequence[str], group: str) -> None:
        """Let `user` read topics and commit for groups that begin so, and nothing else; replaces an earlier grant.

        An engine may need a moment until it holds everywhere.
        """
        ...

    def revoke(self, user: str) -> bool:
        """Take rights and user away, also of connections that are open; False for an unknown one."""
        ...

    def users(self, prefix: str = "") -> list[str]: ...

    def close(self) -> None: ...


def open_access(url: str) -> Access | None:
    """The users of the event log at `url`; None if its engine is open to this installation alone."""
    adapter = named(ACCESS, url)
    access: Access | None = adapter(url) if adapter else None
    return access
