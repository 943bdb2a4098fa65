"""A body may take only so long: a client that sends a byte now and then would hold a thread for ever."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any


@dataclass(slots=True)
class Patience:
    """Whether the time was over before the body was."""

    over: bool = False


@contextmanager
def patience(environ: Mapping[str, Any], seconds: float) -> Iterator[Patience]:
    """Beyond `seconds` the request's socket reads as ended; an answer can still be sent on it.

    gunicorn reads bodies from a blocking socket without any limit; a timeout per read would not stop a dribble.
    """
    told, line = Patience(), environ.get("gunicorn.socket")
    if line is None:  # another server: its own limits hold
        yield told
        return

    def end() -> None:
        told.over = True
        with suppress(OSError):  # gone by itself
            line.shutdown(socket.SHUT_RD)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        if told.over:
            last_of_its_line(environ)


def last_of_its_line(environ: Mapping[str, Any]) -> None:
    """The rest of this body may still come: nothing after it on this connection can be taken for a request.

    `failed` is gunicorn's own mark for a body of which the end is unknown; it closes after the answer.
    """
    if hasattr(environ["wsgi.input"], "failed"):
        environ["wsgi.input"].failed = True
