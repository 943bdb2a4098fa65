"""A table as an answer: written whole to a temporary file first, so that nobody is sent half a book."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import IO, Annotated, Any, Literal

from flask import Response
from pydantic import BaseModel, Field

from tables.files import MEDIA, WRITERS
from tables.shape import Table
from web.problems import Problem

# Rows of one file: 20,000 take an XLSX some seconds, and whoever waits is told nothing before the first byte.
MOST: Mapping[str, int] = MappingProxyType({"csv": 50_000, "xlsx": 20_000})
AT_ONCE = 2  # files that a process writes at the same time: its threads are for short requests
RETRY = 5  # seconds
_BLOCK = 64 * 1024
_IN_MEMORY = 1024 * 1024  # bytes; longer ones go to disk
_places = BoundedSemaphore(AT_ONCE)


class Asked(BaseModel):
    """What every download is asked."""

    bentuk: Annotated[Literal["csv", "xlsx"], Field(description="Kind of file.")] = "xlsx"


def answer(table: Table, bentuk: str) -> Response:
    """The file, with its name and length. Raises `sedang-sibuk` with Retry-After, or what reading the rows raises."""
    if not _places.acquire(blocking=False):
        words = "Daftar lain sedang disiapkan. Tunggu sebentar, lalu unduh lagi."
        raise Problem("sedang-sibuk", words, headers={"Retry-After": str(RETRY)})
    try:
        with ExitStack() as undo:
            file: IO[bytes] = undo.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
            WRITERS[bentuk](table, file)
            undo.pop_all()  # open until it was sent
    finally:
        _places.release()
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    told = Response(_pieces(file), content_type=MEDIA[bentuk])
    told.call_on_close(file.close)
    told.content_length = size
    told.headers["Content-Disposition"] = f'attachment; filename="{table.name}.{bentuk}"'
    return told


def few(rows: int, bentuk: str, pointer: str) -> None:
    """Raises `isi-salah` at `pointer` where one file would not hold them all."""
    most = MOST[bentuk]
    if rows > most:
        way = "Persempit, atau pilih CSV" if rows <= MOST["csv"] else "Persempit"
        detail = f"Ada {rows} baris, satu berkas memuat paling banyak {most}. {way}."
        raise Problem(
            "isi-salah", errors=[{"pointer": pointer, "slug": "terlalu-banyak-baris", "detail": detail}]
        )


def documented(summary: str) -> dict[int, Any]:
    """The answers of an OpenAPI operation that sends a file, but for those to who may not."""
    kinds = {
        kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA.values()
    }
    busy = {"description": "too many files are being written", "content": _problem()}
    wrong = {"description": "wrong parameters, or more rows than one file holds", "content": _problem()}
    return {200: {"description": summary, "content": kinds}, 422: wrong, 503: busy}


def _problem() -> dict[str, Any]:
    return {"application/problem+json": {"schema": {"type": "object"}}}


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
