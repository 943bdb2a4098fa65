"""The event port: named topics, each an append-only log read by offset and by consumer groups.

Promises every engine keeps (one conformance suite, `tests/engines/`, runs on all of them):

- A topic has exactly one partition; offsets grow and are never reused. Records of one topic keep the order
  in which one publisher sent them. A topic is also called a *lane* when a group works on it.
- `Publisher.publish` is acknowledged only when the records are durable. An unacknowledged batch may still
  have been written: repeats are possible, loss after acknowledgement is not.
- A compacted topic keeps at least the newest record of each key; a record with value None removes the key.
- Within a group every lane has at most one owner that can `commit`. A member that dies is replaced; its lanes
  go to others from the last committed offset. `commit` by a former owner raises `LaneLost`.
- Lanes are shared evenly; those of one office (their names end alike) have one owner, but while one is handed over.
- A committed offset is the offset of the *next* record to be handled.
- `bounds` gives (earliest, next) offsets; `read` reads without a group and never waits.
- `epoch` names one history of the log; it changes when the log is restored from a backup.

Raised: `Unavailable` (transient), `Refused` (unknown topic, record over 64 KB), `LaneLost`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chassis.ports.documents import Watch

MAX_RECORD = 64 * 1024  # bytes of one record's value


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's name, whether it is compacted, and settings for engines that know them."""

    name: str
    compacted: bool = False
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One record to append; headers are UTF-8 text."""

    topic: str
    key: str
    headers: Mapping[str, str]
    value: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One stored record."""

    topic: str
    offset: int
    key: str
    headers: Mapping[str, str]
    value: bytes | None


class Ack(Protocol):
    """The fate of one published batch."""

    def wait(self, timeout: float) -> None:
        """Return when every record is durable; raise `Unavailable` after `timeout` seconds, or `Refused`."""
        ...


class Publisher(Protocol):
    """Sends batches; thread-safe. After any error its owner closes it and asks for a new one."""

    def publish(self, batch: Sequence[Outgoing]) -> Ack: ...

    def close(self) -> None: ...


class Consumer(Protocol):
    """One member of a group; belongs to one thread (except `commit`, which any thread may call)."""

    def poll(self, timeout: float, limit: int = 100) -> list[Record]:
        """Next records of owned, unpaused lanes; [] after `timeout` seconds. Also keeps the membership alive."""
        ...

    def lanes(self) -> frozenset[str]:
        """Topics owned now. A lane that left this set must no longer be worked on."""
        ...

    def pause(self, topic: str) -> None: ...

    def resume(self, topic: str) -> None: ...

    def commit(self, topic: str, offset: int) -> None:
        """Record that everything before `offset` is done. Raises `LaneLost`."""
        ...

    def close(self) -> None:
        """Leave the group at once, so that others take the lanes over."""
        ...


class Events(Protocol):
    """See the module docstring for the promises."""

    def ensure(self, topics: Sequence[Topic]) -> None:
        """Create missing topics; idempotent."""
        ...

    def differences(self, topics: Sequence[Topic]) -> dict[str, dict[str, tuple[str, str]]]:
        """What `align` would do: topic → setting → (is, should be); no setting: the topic is missing."""
        ...

    def align(self, topics: Sequence[Topic]) -> None:
        """`ensure`, and existing topics as new ones would be. Raises `Refused`, naming what cannot change."""
        ...

    def topics(self, prefix: str = "") -> list[str]: ...

    def publisher(self) -> Publisher: ...

    def consumer(self, group: str, prefixes: Sequence[str]) -> Consumer:
        """Join `group` for all topics whose name begins with one of `prefixes`, also future ones."""
        ...

    def read(self, topic: str, offset: int, limit: int = 100) -> list[Record]:
        """Up to `limit` records from `offset` on."""
        ...

    def bounds(self, topics: Sequence[str]) -> dict[str, tuple[int, int]]: ...

    def lag(self, group: str, prefixes: Sequence[str]) -> dict[str, int]:
        """Records not yet committed by the group, per topic."""
        ...

    def epoch(self) -> str: ...

    def watch(self) -> Watch: ...

    def ping(self) -> None: ...

    def close(self) -> None: ...
