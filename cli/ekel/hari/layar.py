"""Live progress: a bar per stage of the day where there is a terminal, else a line now and then."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ekel.hari.buku import Buku

_EVERY: Final = 10.0  # seconds between two lines without a terminal


class Layar:
    """Shown by its caller as the day goes on."""

    def __init__(self, console: Console, buku: Buku) -> None:
        self._console, self._buku = console, buku
        self._said = 0.0
        columns = (
            TextColumn("{task.description:>9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bars = Progress(*columns, console=console, disable=not console.is_terminal)
        self._tasks = {name: self._bars.add_task(name, total=len(buku.semua)) for name in self._angka()}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def tunjuk(self, jam: str) -> None:
        """The state of things at this office time."""
        counts = self._angka()
        if self._console.is_terminal:
            for name, count in counts.items():
                self._bars.update(self._tasks[name], completed=count)
        elif time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            words = ", ".join(f"{count} {name}" for name, count in counts.items())
            self._console.print(f"{jam}  {words} of {len(self._buku.semua)}", highlight=False)

    def _angka(self) -> dict[str, int]:
        all_ = self._buku.semua
        return {
            "filed": sum(k.diajukan is not None for k in all_),
            "issued": sum(k.terbit is not None for k in all_),
            "finished": sum(bool(k.akhir) for k in all_),
        }
