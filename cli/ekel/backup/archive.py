"""What is inside: a tar stream whose first member tells what it is and whose last lists every file with its SHA-256."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from ekel.backup.sealed import CHUNK, Damaged, Opening, Sealing

HEAD, MANIFEST = "head.json", "manifest.json"
FORMAT = 1


class Packing:
    """`add` files, then `finish`."""

    def __init__(self, file: BinaryIO, key: bytes, head: Mapping[str, Any]) -> None:
        self._sealing = Sealing(file, key)
        self._tar = tarfile.open(  # noqa: SIM115 - ended by `finish`, or the draft is thrown away
            fileobj=cast("Any", self._sealing), mode="w|", format=tarfile.PAX_FORMAT
        )
        self._known: dict[str, dict[str, Any]] = {}
        self._json(HEAD, {**head, "format": FORMAT})

    def add(self, name: str, path: Path) -> None:
        """One file under `name`, relative, with slashes."""
        with path.open("rb") as source:
            info = tarfile.TarInfo(name)
            info.size = os.fstat(source.fileno()).st_size
            reading = _Hashing(source)
            self._tar.addfile(info, cast("Any", reading))
        self._known[name] = {"size": info.size, "sha256": reading.digest.hexdigest()}

    def finish(self) -> int:
        """How many files are inside."""
        self._json(MANIFEST, {"files": self._known})
        self._tar.close()
        self._sealing.finish()
        return len(self._known)

    def _json(self, name: str, content: Mapping[str, Any]) -> None:
        data = json.dumps(content).encode()
        info = tarfile.TarInfo(name)
        info.size = len(data)
        self._tar.addfile(info, io.BytesIO(data))


class _Hashing:
    def __init__(self, source: BinaryIO) -> None:
        self._source, self.digest = source, sha256()

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


def verify(path: Path, key: bytes) -> dict[str, Any]:
    """Read all of it against its list; the head, with `files` and `bytes`. Raises `Damaged` or `ForeignKey`."""
    return _unpack(path, key, None)


def extract(path: Path, key: bytes, to: Path) -> dict[str, Any]:
    """The same, and the files are in the folder `to`, durable. Raises as `verify`."""
    return _unpack(path, key, to)


def _unpack(path: Path, key: bytes, to: Path | None) -> dict[str, Any]:
    head: dict[str, Any] = {}
    manifest: dict[str, Any] | None = None
    seen: dict[str, dict[str, Any]] = {}
    with path.open("rb") as file:
        opening = Opening(file, key)
        for name, content in _members(opening):
            if name == HEAD:
                head = json.loads(b"".join(content))
            elif name == MANIFEST:
                manifest = json.loads(b"".join(content))
            else:
                seen[name] = _take(content, None if to is None else to / name)
        while opening.read(CHUNK):
            """The end is authenticated too: a tail that was cut off shows here."""
    if head.get("format") != FORMAT or manifest is None or manifest["files"] != seen:
        raise Damaged("its files are not those of its list, or it is of a newer release")
    return {**head, "files": len(seen), "bytes": sum(entry["size"] for entry in seen.values())}


def _members(opening: Opening) -> Iterator[tuple[str, Iterator[bytes]]]:
    try:
        with tarfile.open(fileobj=cast("Any", opening), mode="r|", bufsize=CHUNK) as tar:
            for member in tar:
                place = PurePosixPath(member.name)
                source = tar.extractfile(member) if member.isfile() else None
                if source is None or place.is_absolute() or ".." in place.parts:
                    raise Damaged(f"a member that no backup has: {member.name!r}")
                yield member.name, iter(lambda source=source: source.read(CHUNK), b"")  # type: ignore[misc]
    except tarfile.TarError as error:
        raise Damaged(f"not readable: {error}") from error


def _take(content: Iterator[bytes], to: Path | None) -> dict[str, Any]:
    digest, size = sha256(), 0
    out = _open(to) if to else None
    try:
        for data in content:
            digest.update(data)
            size += len(data)
            if out:
                out.write(data)
        if out:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out:
            out.close()
    return {"size": size, "sha256": digest.hexdigest()}


def _open(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")
