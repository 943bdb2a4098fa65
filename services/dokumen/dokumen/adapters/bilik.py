"""A cell: papers are opened in a process of their own, with little memory, little time and no secrets.

Whatever a hostile file does to a decoder stays in there: a crash, a hang or too much memory refuses that one paper.
The process is started at the first paper and kept; it speaks JSON lines, `di_bilik.py` is its inside.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from select import select
from threading import Lock
from typing import Any

import structlog

from dokumen.application.pintu import Temuan
from dokumen.domain.penolakan import BerkasDitolak

SECONDS = 15.0
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")  # no EKEL_*: addresses of stores and keys stay outside
_log = structlog.get_logger(__name__)


class Bilik:
    """`dokumen.application.pintu.Pemeriksa`; one paper at a time. `close` ends the process."""

    def __init__(self, maks_halaman: int, seconds: float = SECONDS) -> None:
        self._maks_halaman, self._seconds, self._lock = maks_halaman, seconds, Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, path: Path, folder: Path) -> Temuan:
        with self._lock:
            answer = self._ask(path, folder) or self._ask(path, folder)  # once more: it may have been killed
        if answer is None:
            raise _too_heavy()
        if "slug" in answer:
            raise BerkasDitolak(answer["slug"], answer["pesan"])
        return Temuan(
            berkas=Path(answer["berkas"]),
            jenis=answer["jenis"],
            gambar=Path(answer["gambar"]),
            halaman=tuple(Path(name) for name in answer["halaman"]),
            peringatan=tuple(answer["peringatan"]),
        )

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, path: Path, folder: Path) -> dict[str, Any] | None:
        """The answer; None if the process died of it. Raises BerkasDitolak when there is none in time."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        asked = {"path": str(path), "folder": str(folder), "maks_halaman": self._maks_halaman}
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            if not select([process.stdout], [], [], self._seconds)[0]:
                _log.warning("paper_took_too_long", seconds=self._seconds)
                self.close()
                raise _too_heavy()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            self.close()
            _log.warning("paper_killed_its_cell", code=process.returncode)
            return None
        answer: dict[str, Any] = json.loads(line)
        if "galat" in answer:
            raise RuntimeError(f"a paper could not be examined: {answer['galat']}")
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        env = {name: os.environ[name] for name in _KEPT if name in os.environ}
        env["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
        command = [sys.executable, "-m", "dokumen.adapters.di_bilik"]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env)


def _too_heavy() -> BerkasDitolak:
    words = "Berkas ini terlalu berat untuk dibuka dengan aman. Foto ulang berkasnya, atau bawa ke loket."
    return BerkasDitolak("berkas-terlalu-berat", words)
