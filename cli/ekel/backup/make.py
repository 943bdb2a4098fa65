"""Make a backup: of the data as one cut, while everything runs, or of the keys, which are kept apart from the data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from chassis.clock import real_now, rfc3339
from chassis.ports.errors import Refused
from chassis.settings import Settings
from ekel.backup import servers
from ekel.backup.archive import Packing
from ekel.deployables import DEPLOYABLES
from engines.embedded.cut import cut
from engines.embedded.folders import fsync_folder

DATA, KEYS = "data", "keys"


def place(settings: Settings) -> str:
    """`embedded` or `production`. Raises `Refused` where data are in both: half a backup would be worse than none."""
    found = servers.kind(settings)
    if found == "mixed":
        raise Refused(
            "these data are partly in engines of their own. Back them up with the engines' tools, as"
            " docs/operations.md says: mongodump --oplog, versioned buckets and their mirror, MirrorMaker"
        )
    return found


def stores(settings: Settings) -> dict[str, Path]:
    """Name in the backup → file of every store that is there. Raises `Refused` unless this is an installation."""
    data = settings.data.resolve()
    found = {"log.sqlite": data / "log.sqlite"}
    found |= {f"{name}/documents.sqlite": data / name / "documents.sqlite" for name in DEPLOYABLES}
    missing = [name for name, path in found.items() if not path.exists()]
    if missing:
        raise Refused(f"{data} is no whole installation: {', '.join(missing)} missing")
    audits = {f"{name}/audit.sqlite": data / name / "audit.sqlite" for name in DEPLOYABLES}
    return found | {name: path for name, path in audits.items() if path.exists()}


def data(settings: Settings, target: Path, key: bytes) -> int:
    """All documents, audit chains, the log and the objects of one moment. Returns how many files."""
    if place(settings) == servers.PRODUCTION:
        return _served(settings, target, key)
    found, root = stores(settings), settings.data.resolve()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="backup-", dir=root / "run")))
        here = stack.enter_context(cut(list(found.values()), root / "objects"))
        draft = stack.enter_context(_Draft(target))
        packing = Packing(draft.file, key, _head(settings, DATA, rfc3339(here.moment)))
        for name, path in found.items():
            copy = scratch / "store"
            here.copy(path, copy)
            packing.add(name, copy)
            copy.unlink()
        for name, path in _files(here.objects):
            packing.add(f"objects/objects/{name}", path)
        return draft.done(packing.finish())


def _served(settings: Settings, target: Path, key: bytes) -> int:
    with (
        TemporaryDirectory(prefix="backup-") as scratch,
        servers.Servers(settings) as here,
        _Draft(target) as draft,
    ):
        head = _head(settings, DATA, rfc3339(real_now())) | {"engines": servers.PRODUCTION}
        packing = Packing(draft.file, key, head)
        for name, path in here.files(Path(scratch)):
            packing.add(name, path)
        return draft.done(packing.finish())


def keys(settings: Settings, target: Path, key: bytes) -> int:
    """The folder of keys. Who has it and the data can make letters that verify: keep them in two places."""
    folder = settings.key_folder()
    if not folder.is_dir():
        raise Refused(f"{folder}: no keys")
    with _Draft(target) as draft:
        packing = Packing(draft.file, key, _head(settings, KEYS, rfc3339(real_now())))
        for name, path in _files(folder):
            packing.add(f"keys/{name}", path)
        return draft.done(packing.finish())


def _head(settings: Settings, kind: str, moment: str) -> dict[str, Any]:
    return {"kind": kind, "time": moment, "env": settings.env, "zone": settings.zone}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            yield path.relative_to(folder).as_posix(), path


class _Draft:
    """The file appears under its name only when it is whole and on the disk."""

    def __init__(self, target: Path) -> None:
        if target.exists():
            raise Refused(f"{target} exists already; a backup never replaces another")
        self._target, self._path = target, target.with_name(target.name + ".part")

    def __enter__(self) -> Self:
        self._path.unlink(missing_ok=True)
        self.file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        return self

    def done(self, files: int) -> int:
        self.file.flush()
        os.fsync(self.file.fileno())
        self._path.rename(self._target)
        fsync_folder(self._target.absolute().parent)
        return files

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self._path.unlink(missing_ok=True)
