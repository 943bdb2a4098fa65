"""The error tree of the three ports.

PortError
├── Unavailable     the engine cannot be reached or refuses to work now; nothing was lost, try again
├── Duplicate       a unique index already holds these values
├── NotFound        no such object
├── Corrupt         stored bytes do not match their recorded checksum
├── Refused         the engine will never accept this (too large, not allowed, unknown topic)
└── LaneLost        this consumer no longer owns the lane; what it did there is not committed
"""

from __future__ import annotations


class PortError(Exception):
    """Any failure of an engine, as its users see it."""


class Unavailable(PortError):
    """Transient: the engine is away. Callers retry with back-off; nothing acknowledged is lost."""


class Duplicate(PortError):
    """A unique index already holds these values; `index` names it."""

    def __init__(self, index: str) -> None:
        super().__init__(f"duplicate value in unique index {index}")
        self.index = index


class NotFound(PortError):
    """No object under this key."""


class Corrupt(PortError):
    """Stored bytes differ from the checksum recorded when they were written."""


class Refused(PortError):
    """Permanent: the same call will fail again."""


class LaneLost(PortError):
    """The lane now belongs to another member of the group."""
