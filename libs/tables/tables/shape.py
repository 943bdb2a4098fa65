"""A table before it is a file: what its columns are called and how its cells are written, in Indonesian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | date | datetime | None
# What a spreadsheet program could take for a formula or a command, also in full-width signs (OWASP, CSV injection).
_RISKY = re.compile(r"[\s\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` in characters, for programs that keep it."""

    title: str
    width: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`name` is the file's without its ending. `rows` are read once, while the file is written."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a program would calculate instead of show."""
    return f"'{text}" if _RISKY.match(text) else text


def written(cell: Cell) -> str:
    """Days as 15/01/2026, times as 15/01/2026 10.05; a time is shown in the zone it carries."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H.%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell) if isinstance(cell, int) else harmless(cell)
