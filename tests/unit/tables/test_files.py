"""Tables as files: what a program opens is what was meant, never calculated, however long the book is."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from flask import Response

from tables import download
from tables.files import WRITERS
from tables.shape import Cell, Column, Table, harmless
from web.problems import Problem

COLUMNS = (Column(title="Nomor"), Column(title="Tanggal"), Column(title="Perihal", width=40))
ZONE = ZoneInfo("Asia/Jakarta")
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def file(kind: str, *rows: tuple[Cell, ...]) -> bytes:
    out = io.BytesIO()
    WRITERS[kind](Table(name="uji", columns=COLUMNS, rows=rows), out)
    return out.getvalue()


def cells(content: bytes) -> list[list[tuple[str, str]]]:
    """(type, value) of every cell of the one sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [[(c.get("t", "n"), "".join(c.itertext())) for c in row] for row in sheet.iterfind(".//m:row", NS)]


def test_a_csv_has_a_mark_a_heading_and_indonesian_dates() -> None:
    made = file(
        "csv",
        (7, date(2026, 1, 5), 'Rapat "besar", RW 03'),
        (None, datetime(2026, 1, 5, 9, 3, tzinfo=ZONE), ""),
    )

    assert made.startswith(b"\xef\xbb\xbfNomor,Tanggal,Perihal\r\n")
    assert list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))[1:] == [
        ["7", "05/01/2026", 'Rapat "besar", RW 03'],
        ["", "05/01/2026 09.03", ""],
    ]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62812", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n=cmd|' /C calc'!A0", "＝1+1", "＠a"],
)
def test_a_text_that_looks_like_a_formula_is_shown_and_not_calculated(text: str) -> None:
    assert harmless(text) == f"'{text}"
    [_, row] = csv.reader(io.StringIO(file("csv", (1, None, text)).decode("utf-8-sig")))
    assert row[2].startswith("'")
    made = file("xlsx", (1, None, text))
    assert cells(made)[1][1][0] == "inlineStr"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["Surat pengantar", "RT 03 - RW 08", "a=b", "1", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_an_xlsx_keeps_numbers_days_and_times_as_what_they_are() -> None:
    day, time = date(2026, 1, 15), datetime(2026, 1, 15, 12, tzinfo=ZONE)

    assert cells(file("xlsx", (7, day, "Undangan"), (8, time, "=1+1"))) == [
        [("inlineStr", "Nomor"), ("inlineStr", "Tanggal"), ("inlineStr", "Perihal")],
        [("n", "7"), ("n", "46037"), ("inlineStr", "Undangan")],
        [("n", "8"), ("n", "46037.5"), ("inlineStr", "=1+1")],
    ]


class Nowhere(io.RawIOBase):
    """A file that forgets: what is measured is the writer alone."""

    def __init__(self) -> None:
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


@pytest.mark.parametrize("kind", WRITERS)
def test_memory_does_not_grow_with_the_book(kind: str) -> None:
    def peak(rows: int) -> int:
        def each() -> Iterator[tuple[Cell, ...]]:
            for n in range(rows):
                yield n, date(2026, 1, 15), f"Surat keterangan nomor {n}"

        tracemalloc.start()
        WRITERS[kind](Table(name="uji", columns=COLUMNS, rows=each()), Nowhere())  # type: ignore[arg-type]
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is imported once
    short, long = peak(100), peak(2500)
    assert long < short + 100_000


def table(rows: Iterator[tuple[Cell, ...]]) -> Table:
    return Table(name="agenda-3276011006-2026", columns=COLUMNS, rows=rows)


def asked(rows: Iterator[tuple[Cell, ...]], kind: str = "csv") -> Response:
    return download.answer(table(rows), kind)


def test_an_answer_has_its_name_length_and_kind() -> None:
    with closing(asked(iter([(1, None, "a")]))) as told:
        body = told.get_data()

    assert told.headers["Content-Disposition"] == 'attachment; filename="agenda-3276011006-2026.csv"'
    assert told.content_type.startswith("text/csv")
    assert told.content_length == len(body)


def test_a_third_file_at_once_is_told_to_wait_and_a_failed_one_leaves_its_place() -> None:
    slugs: list[str] = []

    def nested(depth: int) -> Iterator[tuple[Cell, ...]]:
        """Rows whose reading asks for another file: that many at once."""
        try:
            asked(nested(depth - 1) if depth else iter(())).close()
        except Problem as error:
            slugs.append(error.slug)
        yield 1, None, "a"

    def broken() -> Iterator[tuple[Cell, ...]]:
        raise OSError("the store is away")
        yield ()

    asked(nested(2)).close()
    assert slugs == ["sedang-sibuk"]
    for _ in range(3):
        with pytest.raises(OSError, match="away"):
            asked(broken())
    asked(iter(()), "xlsx").close()


def test_too_many_rows_are_refused_with_the_way_out() -> None:
    download.few(50_000, "csv", "/sampai")
    download.few(20_000, "xlsx", "/sampai")
    for rows, kind, way in ((50_001, "csv", "Persempit."), (20_001, "xlsx", "atau pilih CSV.")):
        with pytest.raises(Problem) as refused:
            download.few(rows, kind, "/sampai")
        [error] = refused.value.errors
        assert error["pointer"] == "/sampai"
        assert error["detail"].endswith(way)
