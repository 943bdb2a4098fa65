"""Two clocks: office time, which a test or a demo may move, and real time, which nobody may.

Office time decides dates on letters, due dates and reminders. Leases, timeouts, tokens and retention use
`real()` and the monotonic clock. The shift is a file read by every process, so that all of them agree.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Now = Callable[[], datetime]


def real_now() -> datetime:
    """Real time, UTC, aware."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Clock:
    """Office clock of one installation; `shift_file` is honoured only where the settings allow it."""

    zone: ZoneInfo
    shift_file: Path | None = None
    real: Now = real_now
    _seen: tuple[int, timedelta] = field(default=(0, timedelta()), init=False)

    def now(self) -> datetime:
        """Office time, aware, in the office's zone."""
        return (self.real() + self._shift()).astimezone(self.zone)

    def _shift(self) -> timedelta:
        if self.shift_file is None:
            return timedelta()
        try:
            stamp = self.shift_file.stat().st_mtime_ns
        except FileNotFoundError:
            return timedelta()
        if stamp != self._seen[0]:
            seconds = json.loads(self.shift_file.read_text())["seconds"]
            self._seen = (stamp, timedelta(seconds=seconds))
        return self._seen[1]


def rfc3339(moment: datetime) -> str:
    """UTC text with milliseconds and `Z`; sorts like the moments themselves."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """The moment written by `rfc3339`."""
    return datetime.fromisoformat(text)
