"""The object port on files: written aside, fsynced, renamed; checksum and lock flag in a trailer of the same file.

    <root>/objects/3276011006/0190a1/lampiran=     the object 3276011006/0190a1/lampiran
    <root>/tmp/<id>                                uploads in flight, each under an `flock` of its writer
    <root>/locks/<two hex digits>                  stripes: one change of a key at a time, in all processes

A file is the object's bytes and 74 bytes of trailer, so that a viewer still opens it, and bytes, checksum and lock
change in one rename.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from chassis.ids import new_id
from chassis.ports.errors import NotFound, Refused, Unavailable
from chassis.ports.objects import ObjectInfo
from engines.embedded import keys
from engines.embedded.folders import fsync, fsync_folder, held, locked, make_folder
from engines.embedded.trailer import Reading, Trailer, trailer_of


class FileObjects:
    """`Objects` in the folder `root`. Opening removes uploads whose writer is dead."""

    def __init__(self, root: Path) -> None:
        self._objects, self._tmp, self._locks = root / "objects", root / "tmp", root / "locks"
        with _translated():
            for folder in (self._objects, self._tmp, self._locks):
                make_folder(folder)
            with locked(self._locks / "tmp"):
                for leftover in self._tmp.iterdir():
                    if not held(leftover):
                        leftover.unlink(missing_ok=True)

    def put(self, key: str, chunks: Iterable[bytes], *, locked: bool = False) -> ObjectInfo:
        path = self._path(key)
        temporary = self._tmp / new_id()
        with _translated():
            _refuse_locked(key, path)
            file = self._create(temporary)
        try:
            with file:
                trailer = _fill(file, chunks, locked)
                with _translated():
                    file.write(trailer.encode())
                    file.flush()
                    fsync(file.fileno())
                    self._publish(key, temporary, path)
                return _info(key, trailer, file)
        finally:
            temporary.unlink(missing_ok=True)

    def open(self, key: str) -> Iterator[bytes]:
        return Reading(self._file(key), key)

    def stat(self, key: str) -> ObjectInfo | None:
        try:
            with self._file(key) as file:
                return _info(key, trailer_of(file, key), file)
        except NotFound:
            return None

    def delete(self, key: str, *, even_locked: bool = False) -> bool:
        path = self._path(key)
        with _translated(), self._stripe(key):
            if not even_locked:
                _refuse_locked(key, path)
            if not path.exists():
                return False
            path.unlink()
            fsync_folder(path.parent)
            return True

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        self.ping()
        found: list[str] = []
        for place, _, names in os.walk(self._objects / keys.folder(prefix)):
            inside = Path(place).relative_to(self._objects)
            found += [keys.key(inside / name) for name in names]
        for key in sorted(key for key in found if key.startswith(prefix)):
            if (info := self.stat(key)) is not None:  # None: deleted meanwhile
                yield info

    def ping(self) -> None:
        if not (self._objects.is_dir() and os.access(self._tmp, os.W_OK)):
            raise Unavailable(f"{self._objects.parent}: missing or not writable")

    def close(self) -> None:
        """Nothing is held between calls."""

    def _path(self, key: str) -> Path:
        return self._objects / keys.path(key)

    def _file(self, key: str) -> BinaryIO:
        path = self._path(key)
        with _translated():
            try:
                return path.open("rb")
            except FileNotFoundError as error:
                self.ping()
                raise NotFound(key) from error

    def _create(self, temporary: Path) -> BinaryIO:
        # Under the lock of the sweep, so that it never sees the file between its creation and its flock.
        with locked(self._locks / "tmp"):
            file = temporary.open("xb")
            flock(file, LOCK_EX)
            return file

    def _publish(self, key: str, temporary: Path, path: Path) -> None:
        make_folder(path.parent)
        with self._stripe(key):
            _refuse_locked(key, path)
            temporary.rename(path)
            fsync_folder(path.parent)

    @contextmanager
    def _stripe(self, key: str) -> Iterator[None]:
        with locked(self._locks / sha256(key.encode()).hexdigest()[:2]):
            yield


def _fill(file: BinaryIO, chunks: Iterable[bytes], locked: bool) -> Trailer:
    digest = sha256()
    size = 0
    for chunk in chunks:  # its exceptions are the caller's own
        digest.update(chunk)
        size += len(chunk)
        with _translated():
            file.write(chunk)
    return Trailer(size=size, sha256=digest.hexdigest(), locked=locked)


def _info(key: str, trailer: Trailer, file: BinaryIO) -> ObjectInfo:
    modified = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
    return ObjectInfo(key=key, size=trailer.size, sha256=trailer.sha256, modified=modified)


def _refuse_locked(key: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            if trailer_of(file, key).locked:
                raise Refused(f"{key} is locked")
    except FileNotFoundError:
        return


@contextmanager
def _translated() -> Iterator[None]:
    """Trouble of the file system, such as a full disk, is `Unavailable`."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"{error.filename or 'object store'}: {error.strerror}") from error
