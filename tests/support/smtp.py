"""A real SMTP server on a free loopback port: accepts, refuses, or hangs up after it has taken a message."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from types import TracebackType
from typing import Self


class MailServer:
    """`received` holds every message taken; a test sets how the next ones are treated."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.refuse: dict[str, int] = {}
        self.hang_up, self.mute_at_quit = 0, False
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.mail = self

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.received]

    def take(self, content: bytes) -> bool:
        """Whether the client shall hear that it was taken."""
        with self._lock:
            self.received.append(message_from_bytes(content))
            self.hang_up -= 1
            return self.hang_up < 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    mail: MailServer


class _Session(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        mail = self.server.mail
        self._say(220, "uji siap")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "DATA":
                self._say(354, "kirim")
                if not mail.take(self._content()):
                    return
                self._say(250, "diterima")
            elif verb.upper() == "RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                self._say(mail.refuse.get(address, 250), "penerima")
            elif verb.upper() == "QUIT" and mail.mute_at_quit:
                return
            elif verb.upper() == "QUIT":
                self._say(221, "selesai")
                return
            else:
                self._say(250, "baik")

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())
