"""What every scene shares: the address, the narrator, the unified stream, and waiting for a condition."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ekel.demo.client import Client, Unexpected

T = TypeVar("T")
PATIENCE = 180.0  # seconds for what another service does: a dead worker's to-do is taken over after 30


@dataclass(slots=True)
class Narrator:
    """Prints what happens; `quiet` keeps silent until the outcome."""

    quiet: bool = False
    steps: int = 0

    def step(self, text: str) -> None:
        """Somebody did something."""
        self.steps += 1
        if not self.quiet:
            print(f"{self.steps:>3}. {text}", flush=True)

    def note(self, text: str) -> None:
        if not self.quiet:
            print(f"       {text}", flush=True)


@dataclass(slots=True)
class Stream:
    """The unified stream of an area, read with its cursor; each event is told once, as it appears."""

    client: Client
    wilayah: str
    narrator: Narrator
    cursor: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)

    def start(self) -> None:
        """Go to the present end without telling what was before."""
        while self._page():
            pass
        self.seen.clear()

    def pull(self) -> None:
        """Tell what is new."""
        while page := self._page():
            for event in page:
                name = str(event["type"]).removeprefix("id.ekelurahan.").rsplit(".", 1)[0]
                self.narrator.note(f"~ {event['kelurahan']} {name} #{event['sequence']}")

    def wait(self, subject: str, name: str) -> dict[str, Any]:
        """The event `name` (producer.subject.participle) of one application, when it has come."""

        def look() -> dict[str, Any] | None:
            self.pull()
            for event in self.seen:
                if event["subject"] == subject and str(event["type"]).split(".", 2)[2].startswith(f"{name}."):
                    return event
            return None

        return until(look, f"event {name} of {subject}")

    def _page(self) -> list[dict[str, Any]]:
        query = {"wilayah": self.wilayah} | ({"cursor": self.cursor} if self.cursor else {})
        page = self.client.get("/v1/peristiwa", **query)
        self.cursor = page["cursor"]
        events: list[dict[str, Any]] = page["peristiwa"]
        self.seen += events
        return events


@dataclass(frozen=True, slots=True)
class Stage:
    """`client` is nobody in particular; `data` is the folder of state, where the operator's messages are."""

    client: Client
    narrator: Narrator
    stream: Stream
    data: Path

    def step(self, text: str) -> None:
        """Tell what somebody did, and the events that have come since."""
        self.stream.pull()
        self.narrator.step(text)


def until(look: Callable[[], T | None], what: str, seconds: float = PATIENCE, *, pause: float = 0.1) -> T:
    """What `look` gives when it gives something, asked every `pause` seconds. Raises `Unexpected`."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None:
            return found
        if time.monotonic() > deadline:
            raise Unexpected(f"waited {seconds:.0f} s for {what}")
        time.sleep(pause)


def expect(condition: object, what: str) -> None:
    """Raise `Unexpected` unless it is so."""
    if not condition:
        raise Unexpected(what)
