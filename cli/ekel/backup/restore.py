"""Restore onto an empty data folder: all or nothing, as a new history whose erasures and registers are looked after.

Everything is unpacked and prepared in `.restore` inside the folder: the log gets a new epoch, groups begin anew (they
are not in a backup; inboxes drop the repeats), the erasure ledger is applied and the registers are locked. Only then
it moves to its place. A restore that was interrupted is begun again, or, when it was moving, finished.

Production engines get theirs over their ports, into servers that have nothing (`ekel.backup.servers`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from chassis.ids import new_id
from chassis.ports.errors import Refused
from chassis.settings import Settings
from ekel.backup import archive, servers
from ekel.backup.ledger import Line
from ekel.backup.make import DATA, KEYS, place
from ekel.deployables import module, settings
from engines.history import open_history

STAGE, READY = ".restore", ".ready"
ERASERS = ("pengajuan", "dokumen")


def run(shared: Settings, file: Path, key: bytes, erased: Sequence[Line] | None) -> dict[str, Any]:
    """What was done. `erased` is needed for data, and None for keys. Raises `Damaged`, `ForeignKey`, `Refused`."""
    here = place(shared)
    head = archive.verify(file, key)  # all of it, before anything is written
    if head["kind"] == KEYS:
        return head | _keys(shared, file, key)
    if head["kind"] != DATA:
        raise Refused(f"a backup of {head['kind']}: made by a newer release?")
    if erased is None:
        raise Refused("say what was erased since: --erasures LEDGER, or --no-erasures if surely nothing was")
    made = head.get("engines", servers.EMBEDDED)
    if made != here:
        raise Refused(f"made on {made} engines: it comes back on {made} engines only")
    _must_have_keys(shared.key_folder())
    work = _data if here == servers.EMBEDDED else _served
    return head | work(shared, file, key, erased)


def _keys(shared: Settings, file: Path, key: bytes) -> dict[str, Any]:
    folder = shared.key_folder()
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty")
    stage = folder.with_name(folder.name + STAGE)
    rmtree(stage, ignore_errors=True)
    archive.extract(file, key, stage)
    if folder.exists():
        folder.rmdir()
    (stage / "keys").rename(folder)
    stage.rmdir()
    return {}


def _data(shared: Settings, file: Path, key: bytes, erased: Sequence[Line]) -> dict[str, Any]:
    root, folder = shared.data.resolve(), shared.key_folder()
    root.mkdir(parents=True, exist_ok=True)
    stage = root / STAGE
    _only_ours(root, folder)
    if (stage / READY).exists():
        _move(stage, root)
        return {"finished": True}
    rmtree(stage, ignore_errors=True)
    archive.extract(file, key, stage)
    epoch = _new_epoch(stage / "log.sqlite")
    done = _prepare(stage, folder, erased)
    (stage / READY).touch()
    _move(stage, root)
    return {"epoch": epoch, "erased again": done}


def _served(shared: Settings, file: Path, key: bytes, erased: Sequence[Line]) -> dict[str, Any]:
    """Unpacked aside first. Interrupted after that, it has to be repeated with servers that are empty again."""
    with TemporaryDirectory(prefix="restore-") as stage, servers.Servers(shared) as here:
        here.must_rest()
        here.must_be_empty()
        archive.extract(file, key, Path(stage) / "files")
        here.fill(Path(stage) / "files")
    return settle_servers(shared, erased)


def _must_have_keys(folder: Path) -> None:
    if not folder.is_dir() or not any(folder.iterdir()):
        raise Refused(
            f"{folder} has no keys: restore them first, or letters of this backup cannot be verified"
        )


def _only_ours(root: Path, folder: Path) -> None:
    """Raises `Refused` if anything but keys and an interrupted restore is there."""
    moving = (root / STAGE / READY).exists()
    others = [p.name for p in root.iterdir() if p.name != STAGE and p != folder]
    if others and not moving:
        raise Refused(
            f"{root} is not empty ({', '.join(sorted(others)[:5])}): restore into an empty folder only"
        )


def _new_epoch(log: Path) -> str:
    """Readers outside hear that this is another history: their cursors answer 410 and they begin anew."""
    epoch = new_id()
    with closing(sqlite3.connect(log)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (epoch,))
    return epoch


def _prepare(stage: Path, keys: Path, erased: Sequence[Line]) -> int:
    """In the folder that nobody uses yet."""
    os.environ |= {"EKEL_DATA": str(stage), "EKEL_KEYS": str(keys)}
    return settle(erased)


def settle(erased: Sequence[Line]) -> int:
    """The services look after what is theirs: registers wait, what was erased is erased again. How much was."""
    done = 0
    for service in ERASERS:
        lines = [line for line in erased if line["service"] == service]
        done += module(service, "roles").restored(settings(service), lines)["erased"]
    return done


def settle_servers(shared: Settings, erased: Sequence[Line]) -> dict[str, Any]:
    """The same where the data are on servers; then the log there is another history. Raises `Refused` if it is read."""
    history = open_history(shared.events())
    if history is None:
        raise Refused("this log lies in a folder: `ekel restore` settles it")
    with closing(history):
        if working := history.working():
            raise Refused(f"stop everything first; still at work: {', '.join(working)}")
        done = settle(erased)
        return {"erased again": done, "epoch": history.renew()}


def _move(stage: Path, root: Path) -> None:
    for path in sorted(stage.iterdir()):
        if path.name != READY:
            path.rename(root / path.name)
    (stage / READY).unlink()
    stage.rmdir()
