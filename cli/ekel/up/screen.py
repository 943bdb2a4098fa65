"""What the operator sees: one table of all roles, or one line per change where there is no terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from ekel.up.supervisor import Running

_COLOURS = {"ready": "green", "degraded": "yellow", "starting": "cyan", "stopped": "dim"}


class Screen:
    """Refreshed by its caller: no thread of its own, because the supervisor forks."""

    def __init__(self, *, wanted: bool) -> None:
        self.console = Console(stderr=True)
        self._live = (
            Live(console=self.console, auto_refresh=False) if wanted and self.console.is_terminal else None
        )
        self._states: dict[str, str] = {}

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def show(self, running: list[Running]) -> None:
        if self._live:
            self._live.update(_table(running), refresh=True)
            return
        for one in running:
            if self._states.get(one.role.name) != one.state:
                self._states[one.role.name] = one.state
                self.console.print(f"{one.role.name}: {one.state} (pid {one.pid})", highlight=False)


def _table(running: list[Running]) -> Table:
    table = Table(title="e-Kelurahan", title_justify="left")
    for heading in ("role", "state", "pid", "up", "restarts", "address"):
        table.add_column(heading)
    for one in running:
        colour = _COLOURS.get(one.state, "red")
        up = f"{time.monotonic() - one.since:.0f} s" if one.pid else "-"
        address = one.role.public or ""
        table.add_row(
            one.role.name, f"[{colour}]{one.state}[/]", str(one.pid), up, str(one.restarts), address
        )
    return table
