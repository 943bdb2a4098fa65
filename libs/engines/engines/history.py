"""A log that came back from a backup is another history: said once, by the operator, while nothing of ours runs."""

from __future__ import annotations

from typing import Protocol

from engines.adapters import named

EPOCH = "ekelurahan.epoch"  # the topic whose newest record names the history, once a restore made another one
HISTORIES = {"kafka": "engines.production.kafka_history:KafkaHistory"}


class History(Protocol):
    """Of an event engine that is not a folder. Raised: `Unavailable`, `Refused` (somebody is at work)."""

    def working(self) -> list[str]:
        """Groups that have a member, which may be one that was killed some seconds ago."""
        ...

    def renew(self) -> str:
        """A new epoch, so that cursors of before are stale; every group begins at the first record that is there."""
        ...

    def close(self) -> None: ...


def open_history(url: str) -> History | None:
    """For the event log at `url`; None for one in a folder, which a restore looks after itself."""
    adapter = named(HISTORIES, url)
    history: History | None = adapter(url) if adapter else None
    return history
