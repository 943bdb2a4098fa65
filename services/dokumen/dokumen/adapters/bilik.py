"""A cell: papers are opened in a process of their own, with little memory, little CPU time and no secrets.

Whatever a hostile file does to a decoder stays in there: two crashes, too much CPU time or memory refuse that one
paper. Time by the clock refuses nobody: on a busy machine a good photograph takes long too, so it is tried again.
The process is started at the first paper and ends when none has come for a while: the papers of one case come
together, and 24 MB are much where none comes all evening. It speaks JSON lines, `di_bilik.py` is its inside.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from select import POLLIN, poll
from threading import Lock, Timer
from typing import Any

import structlog

from dokumen.application.pintu import PemeriksaPergi, Temuan
from dokumen.domain.penolakan import BerkasDitolak

CPU = 15  # seconds of it that one paper may use; a photograph of 24 megapixels takes one or two
PATIENCE = 40.0  # seconds by the clock; a cell that gets less than a third of a core in them says nothing of its paper
TURN = 30.0  # seconds until the papers before it are through; with two tries all ends within the claim's deadline
REST = 10.0  # seconds without a paper; starting it again takes a fraction of one
_KILLED = {
    -signal.SIGKILL,
    -signal.SIGTERM,
}  # from outside: the system was short of memory, or is being stopped
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")  # no EKEL_*: addresses of stores and keys stay outside
_log = structlog.get_logger(__name__)


class Bilik:
    """`dokumen.application.pintu.Pemeriksa`; one paper at a time. `close` ends the process."""

    def __init__(
        self, maks_halaman: int, cpu: int = CPU, patience: float = PATIENCE, rest: float = REST
    ) -> None:
        self.patience, self._rest, self._timer = patience, rest, Timer(rest, self._end)
        self._maks_halaman, self._cpu, self._lock = maks_halaman, cpu, Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, path: Path, folder: Path) -> Temuan:
        answer = self._answer({"path": str(path), "folder": str(folder)})
        return Temuan(
            berkas=Path(answer["berkas"]),
            jenis=answer["jenis"],
            gambar=Path(answer["gambar"]),
            halaman=tuple(Path(name) for name in answer["halaman"]),
            peringatan=tuple(answer["peringatan"]),
            bertanda_tangan=answer["bertanda_tangan"],
        )

    def bagi(self, path: Path, folder: Path, bagian: Sequence[Sequence[int]]) -> tuple[Path, ...]:
        """`dokumen.application.pintu.Pemotong`."""
        parts = [list(pages) for pages in bagian]
        answer = self._answer({"path": str(path), "folder": str(folder), "bagi": parts})
        return tuple(Path(name) for name in answer["bagian"])

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Raises `BerkasDitolak` or `PemeriksaPergi`."""
        if not self._lock.acquire(timeout=TURN):
            raise PemeriksaPergi("other papers are being examined")
        try:
            self._timer.cancel()
            answer = self._ask(asked) or self._ask(asked)  # once more: it may have been killed
        finally:
            self._timer = Timer(self._rest, self._end)
            self._timer.daemon = True
            self._timer.start()
            self._lock.release()
        if answer is None:
            raise _too_heavy()
        if "slug" in answer:
            raise BerkasDitolak(answer["slug"], answer["pesan"])
        return answer

    def _end(self) -> None:
        """After the last paper, unless one is in there again."""
        if self._lock.acquire(blocking=False):
            try:
                self.close()
            finally:
                self._lock.release()

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """The answer; None if the process crashed. Raises `BerkasDitolak` or `PemeriksaPergi` if there will be none."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        limits = {"maks_halaman": self._maks_halaman, "cpu": self._cpu}
        try:
            process.stdin.write(json.dumps(asked | limits).encode() + b"\n")
            process.stdin.flush()
            answered = poll()
            answered.register(process.stdout, POLLIN)
            if not answered.poll(1000 * self.patience):
                self.close()
                raise PemeriksaPergi(f"no answer within {self.patience} s; the machine may be busy")
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            self.close()
            _judge(process.returncode)
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


def _judge(code: int) -> None:
    """A crash is worth another try. Raises what a death by the CPU limit or from outside means."""
    _log.warning("cell_died", code=code)
    if code == -signal.SIGXCPU:
        raise _too_heavy()
    # An exit code of its own is no paper's doing: what a paper does wrong is answered, or ends by a signal.
    if code in _KILLED or code > 0:
        raise PemeriksaPergi(f"the examiner could not start, or was stopped from outside ({code})")
