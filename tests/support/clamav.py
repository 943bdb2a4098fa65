"""ClamAV's real daemon on a socket of its own, with one signature of ours: it knows EICAR and needs no download."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from support.waiting import until

# The test file of eicar.org, in two parts: whole it would be taken away by scanners of developers' machines.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS" + "-TEST-FILE!$H+H*").encode()
_CONF = """
Foreground yes
DatabaseDirectory {folder}/db
LocalSocket {folder}/clamd.ctl
TemporaryDirectory {folder}
StreamMaxLength {most}
SelfCheck 0
User {user}
"""


class Clamd:
    """Started and stopped by a test; `url` stays the same in between."""

    def __init__(self, folder: Path, most: str = "25M") -> None:
        self._folder = folder
        (folder / "db").mkdir(parents=True)
        marker = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE".hex()
        (folder / "db" / "own.ndb").write_text(f"Own.Test.Eicar:0:*:{marker}\n")
        user = subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip()
        (folder / "clamd.conf").write_text(_CONF.format(folder=folder, most=most, user=user))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._folder}/clamd.ctl"

    def start(self) -> None:
        program = shutil.which("clamd") or "/usr/sbin/clamd"
        with (self._folder / "log").open("ab") as log:
            command = [program, f"--config-file={self._folder}/clamd.conf"]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until(self._answers, what="clamd ready")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._folder / "log").read_text()
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(f"{self._folder}/clamd.ctl")
                line.sendall(b"zPING\0")
                return line.recv(16).startswith(b"PONG")
            except OSError:
                return False
