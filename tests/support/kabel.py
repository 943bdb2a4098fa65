"""The line between a phone and the pages: a TCP relay that counts what goes up, and dies after so many bytes."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_BLOCK = 16 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST, as a dead line does


class Kabel:
    """`naik` counts bytes from the phone; at each mark of `putus` the line dies, until `hidup` is called."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._there = (str(place.hostname), int(place.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.naik, self.mati = 0, False
        self._marks: list[int] = []
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()

    def putus(self, setelah: Sequence[int]) -> None:
        """Count from zero again, and die after so many bytes up, each mark once."""
        with self._lock:
            self.naik, self._marks = 0, sorted(setelah)

    def hidup(self) -> None:
        """The line is there again, for new connections."""
        with self._lock:
            self.mati = False

    def serve(self) -> None:
        while True:
            try:
                phone, _ = self._listener.accept()
            except OSError:  # closed
                return
            if self.mati:
                _cut(phone)
            else:
                self._join(phone)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            self._cut_all()

    def _join(self, phone: socket.socket) -> None:
        site = socket.create_connection(self._there)
        with self._lock:
            self._open += [phone, site]
        for one, other, up in ((phone, site, True), (site, phone, False)):
            threading.Thread(target=self._pump, args=(one, other, up), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket, up: bool) -> None:
        with suppress(OSError):  # cut while it moved something
            while block := one.recv(_BLOCK):
                if up and self._dies(len(block)):
                    return
                other.sendall(block)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def _dies(self, more: int) -> bool:
        with self._lock:
            self.naik += more
            if not self._marks or self.naik < self._marks[0]:
                return False
            self._marks.pop(0)
            self.mati = True
            self._cut_all()
            return True

    def _cut_all(self) -> None:
        for each in self._open:
            _cut(each)
        self._open.clear()


@contextmanager
def kabel(url: str) -> Iterator[Kabel]:
    """A line to `url`, alive."""
    line = Kabel(url)
    thread = threading.Thread(target=line.serve, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.close()
        thread.join()


def _cut(each: socket.socket) -> None:
    with suppress(OSError):  # closed by the other side already
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        each.shutdown(socket.SHUT_RDWR)
    each.close()
