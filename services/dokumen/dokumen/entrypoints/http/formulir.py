"""The file of a form (multipart/form-data, RFC 7578) as a stream: the way to upload without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from dokumen.domain.galat import FormulirRusak

SPARE = 64 * 1024  # bytes that a form may have beside the file


def berkas(pieces: Iterator[bytes], boundary: str) -> Iterator[bytes]:
    """The content of the first file. Raises `FormulirRusak` if there is none within the first 64 KB."""
    decoder = MultipartDecoder(boundary.encode("latin-1", "replace"))
    read, seen, inside = 0, False, False
    for event in _events(decoder, pieces):
        if isinstance(event, int):
            read += event
            if not seen and read > SPARE:
                raise _unreadable()
        elif isinstance(event, (File, Field)):
            inside = isinstance(event, File) and not seen
            seen = seen or inside
        elif isinstance(event, Data) and inside and event.data:
            yield bytes(event.data)
    if not seen:
        raise _unreadable()


def _events(decoder: MultipartDecoder, pieces: Iterator[bytes]) -> Iterator[Event | int]:
    """What the decoder finds, and after each piece how many bytes of it were read."""
    try:
        for piece in pieces:
            decoder.receive_data(piece)
            yield from _found(decoder)
            yield len(piece)
        decoder.receive_data(None)
        yield from _found(decoder)
    except ValueError as error:  # a form that breaks off, or has no boundary
        raise _unreadable() from error


def _found(decoder: MultipartDecoder) -> Iterator[Event]:
    while not isinstance(event := decoder.next_event(), (NeedData, Epilogue)):
        yield event


def _unreadable() -> FormulirRusak:
    return FormulirRusak("Formulir ini tidak memuat berkas yang terbaca. Pilih berkasnya, lalu kirim lagi.")
