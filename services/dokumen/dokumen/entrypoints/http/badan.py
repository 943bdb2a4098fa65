"""The body of a request as a stream: in pieces, never more than allowed, and either whole or an error."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected

from chassis import faults
from chassis.ports.objects import CHUNK
from dokumen.domain.galat import Terputus
from dokumen.domain.kiriman import terlalu_besar
from dokumen.entrypoints.http import formulir

SIP = 16 * 1024  # bytes of a piece read at a time: what came before a cut is in our hands


def potongan(maks: int) -> Iterator[bytes]:
    """The body in pieces of 256 KB. Raises `TerlaluBesar` (at once when the length is announced) or `Terputus`."""
    announced = request.content_length
    if announced is not None and announced > maks:
        raise terlalu_besar(maks)
    return _pieces(maks, announced or 0)


def berkas(maks: int) -> Iterator[bytes]:
    """The file in the body: the body itself, or the first file of a form. Raises as `potongan`, or `FormulirRusak`."""
    if request.mimetype != "multipart/form-data":
        return potongan(maks)
    announced = request.content_length
    if announced is not None and announced > maks + formulir.SPARE:
        raise terlalu_besar(maks)
    boundary = request.mimetype_params.get("boundary", "")
    return _at_most(formulir.berkas(_pieces(maks + formulir.SPARE, announced or 0), boundary), maks)


def _at_most(pieces: Iterator[bytes], maks: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > maks:
            raise terlalu_besar(maks)
        yield piece


def sampai_putus(maks: int) -> Iterator[bytes]:
    """The body as far as it comes: what a cut left is kept, for tus continues there. Raises `TerlaluBesar`."""
    total = 0
    while piece := _arrived():
        total += len(piece)
        if total > maks:
            raise terlalu_besar(maks)
        faults.point("upload.piece")
        yield piece


def _arrived() -> bytes:
    try:
        return request.stream.read(SIP)
    except (ClientDisconnected, OSError, ParseException):
        return b""


def _pieces(maks: int, announced: int) -> Iterator[bytes]:
    total, passed = 0, False
    while piece := _read():
        total += len(piece)
        if total > maks:
            raise terlalu_besar(maks)
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
