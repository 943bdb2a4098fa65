"""A folder of messages one can look at: one text file per message id, written whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

from chassis.ids import new_id
from notifikasi.application.saluran import Surat

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class Folder:
    """Sending the same id again replaces the file by an equal one."""

    nama = "folder"
    kenal_id = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kirim(self, surat: Surat) -> None:
        """Durable when it returns."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = f"Kepada: {surat.tujuan}\nJudul: {surat.judul}\nMessage-ID: <{surat.id}>\n\n{surat.isi}"
        name = _UNSAFE.sub("_", surat.id.partition("@")[0])
        draft = self._folder / f".{new_id()}"
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.replace(self._folder / f"{name}.txt")
        _sync(self._folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
