"""Tables as files, row by row: neither CSV nor XLSX is ever whole in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import IO, Any

from tables.shape import Cell, Table, written

Writer = Callable[[Table, IO[bytes]], None]
_DAY, _TIME = "dd/mm/yyyy", "dd/mm/yyyy hh.mm"


def write_csv(table: Table, out: IO[bytes]) -> None:
    """RFC 4180 with a heading, in UTF-8 with a mark (BOM) by which spreadsheet programs know it."""
    out.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([column.title for column in table.columns])
    for row in table.rows:
        lines.writerow([written(cell) for cell in row])
    text.detach()


def write_xlsx(table: Table, out: IO[bytes]) -> None:
    """Office Open XML; texts are always texts, days are days. XlsxWriter keeps one row at a time."""
    from xlsxwriter import Workbook

    # Each row goes to a temporary file before the next: rows must come in order, and they do.
    book = Workbook(out, {"constant_memory": True, "default_date_format": _DAY})
    sheet = book.add_worksheet()
    bold, day, time = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": _DAY}),
        book.add_format({"num_format": _TIME}),
    )
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            _write(sheet, last, place, cell, day, time)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    book.close()


def _write(sheet: Any, row: int, place: int, cell: Cell, day: Any, time: Any) -> None:
    if isinstance(cell, datetime):
        # Excel knows no zones: the hour as the office's clock showed it.
        sheet.write_datetime(row, place, cell.replace(tzinfo=None), time)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day)
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell)
    elif cell:
        sheet.write_string(row, place, cell)


MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "csv": "text/csv; charset=utf-8; header=present",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
WRITERS: Mapping[str, Writer] = MappingProxyType({"csv": write_csv, "xlsx": write_xlsx})
