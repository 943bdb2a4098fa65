"""The body of a request as a stream: in pieces, never more than allowed, and either whole or an error."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from werkzeug.exceptions import ClientDisconnected

from chassis import faults
from chassis.ports.objects import CHUNK
from dokumen.domain.galat import TerlaluBesar, Terputus


def potongan(maks: int) -> Iterator[bytes]:
    """The body in pieces of 256 KB. Raises `TerlaluBesar` (at once when the length is announced) or `Terputus`."""
    announced = request.content_length
    if announced is not None and announced > maks:
        raise _too_large(maks)
    return _pieces(maks, announced or 0)


def _pieces(maks: int, announced: int) -> Iterator[bytes]:
    total, passed = 0, False
    while piece := _read():
        total += len(piece)
        if total > maks:
            raise _too_large(maks)
        yield piece  # stored when we are asked for the next
        if not passed and total * 2 >= announced:
            faults.point("upload.middle")
            passed = True
    if total < announced:
        raise Terputus("Unggahan terputus sebelum selesai. Kirim sekali lagi.")


def _read() -> bytes:
    try:
        return request.stream.read(CHUNK)
    except (ClientDisconnected, OSError) as error:
        raise Terputus("Unggahan terputus sebelum selesai. Kirim sekali lagi.") from error


def _too_large(maks: int) -> TerlaluBesar:
    size = f"{maks / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return TerlaluBesar(f"Berkas terlalu besar: paling banyak {size} MB. Kecilkan atau foto ulang berkasnya.")
