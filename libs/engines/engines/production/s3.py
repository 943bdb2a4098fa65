"""The object port on any S3 server: written with its SHA-256 signed and stored, so bytes are checked both ways.

    s3://KEY:SECRET@host:9000/bucket?secure=0&region=us-east-1&locked=other-bucket&hold=0&encrypt=1

`bucket` holds what may change, without versions, so that deleting erases. `locked` (default: `<bucket>-locked`) holds
locked objects: created with object lock, each under a legal hold unless `hold=0`. Missing buckets are created.
An upload waits in an unnamed temporary file until it is whole and its checksum known, then is one streamed request.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from heapq import merge
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from minio import Minio
from minio.credentials.credentials import Credentials
from minio.error import InvalidResponseError, MinioException, S3Error
from minio.signer import sign_v4_s3
from minio.time import to_amz_date
from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import HTTPError

from chassis.ports.errors import Corrupt, NotFound, PortError, Refused, Unavailable
from chassis.ports.objects import CHUNK, ObjectInfo
from engines import names

_TIMEOUT = Timeout(connect=3, read=30)  # seconds, of silence
_ABSENT = {"NoSuchKey", "NoSuchVersion"}
_REFUSED = {"EntityTooLarge", "InvalidArgument", "KeyTooLongError", "PreconditionFailed", "ObjectLocked"}
_DIGEST = "x-amz-meta-sha256"


class S3Objects:
    """`Objects` in two buckets. Connects at the first use in each process."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        self._host = parts.netloc.rpartition("@")[2]
        self._bucket = parts.path.strip("/")
        self._locked = options.get("locked", f"{self._bucket}-locked")
        self._scheme = "http" if options.get("secure") == "0" else "https"
        self._region = options.get("region", "us-east-1")
        self._keys = Credentials(unquote(parts.username or ""), unquote(parts.password or ""))
        self._hold, self._encrypt = options.get("hold") != "0", options.get("encrypt") == "1"
        self._lock = Lock()
        self._process = 0

    def put(self, key: str, chunks: Iterable[bytes], *, locked: bool = False) -> ObjectInfo:
        self._refuse_locked(key)
        with TemporaryFile() as file:
            digest = sha256()
            for chunk in chunks:  # its exceptions are the caller's own
                digest.update(chunk)
                with _translated():
                    file.write(chunk)
            size = file.tell()
            with _translated():
                file.seek(0)
                self._send(key, file, size, digest.digest(), locked=locked)
                if locked:
                    self._client().remove_object(self._bucket, key)  # what was there unlocked
                modified = self._info(self._locked if locked else self._bucket, key).modified
        return ObjectInfo(key=key, size=size, sha256=digest.hexdigest(), modified=modified)

    def open(self, key: str) -> Iterator[bytes]:
        with _translated():
            client = self._client()
            try:
                response = client.get_object(self._locked, names.key(key))
            except S3Error as error:
                if error.code not in _ABSENT:
                    raise
                response = client.get_object(self._bucket, key)
        return _verified(key, response)

    def stat(self, key: str) -> ObjectInfo | None:
        names.key(key)
        for bucket in (self._locked, self._bucket):
            try:
                with _translated():
                    return self._info(bucket, key)
            except NotFound:
                continue
        self.ping()  # an answer without a body does not tell a missing object from a missing bucket
        return None

    def delete(self, key: str) -> bool:
        self._refuse_locked(key)
        if self.stat(key) is None:
            return False
        with _translated():
            self._client().remove_object(self._bucket, key)
        return True

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        with _translated():
            both = [
                self._client().list_objects(b, prefix, recursive=True) for b in (self._locked, self._bucket)
            ]
            keys = dict.fromkeys(merge(*([cast("str", each.object_name) for each in one] for one in both)))
        for key in keys:
            if (info := self.stat(key)) is not None:  # None: deleted meanwhile
                yield info

    def ping(self) -> None:
        with _translated():
            for bucket in (self._bucket, self._locked):
                if not self._client().bucket_exists(bucket):
                    raise Unavailable(f"{self._host}: no bucket {bucket}")

    def close(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                self._pool.clear()

    def _client(self) -> Minio:
        with self._lock:
            if self._process != os.getpid():  # connections do not survive a fork
                secure = self._scheme == "https"
                self._pool = PoolManager(timeout=_TIMEOUT, maxsize=16, blocksize=CHUNK, retries=False)
                self._minio = Minio(
                    self._host,
                    self._keys.access_key,
                    self._keys.secret_key,
                    secure=secure,
                    region=self._region,
                    http_client=self._pool,
                )
                for bucket, lock in ((self._bucket, False), (self._locked, self._hold)):
                    self._create(bucket, lock)
                self._process = os.getpid()
            return self._minio

    def _create(self, bucket: str, lock: bool) -> None:
        if self._minio.bucket_exists(bucket):
            return
        try:
            self._minio.make_bucket(bucket, object_lock=lock)
        except S3Error as error:
            if error.code != "BucketAlreadyOwnedByYou":  # another process was faster
                raise

    def _refuse_locked(self, key: str) -> None:
        try:
            with _translated():
                self._info(self._locked, names.key(key))
        except NotFound:
            return
        raise Refused(f"{key} is locked")

    def _info(self, bucket: str, key: str) -> ObjectInfo:
        found = self._client().stat_object(bucket, key)
        digest = (found.metadata or {}).get(_DIGEST)
        if digest is None or found.size is None or found.last_modified is None:
            raise Corrupt(f"{key}: stored without a checksum")
        return ObjectInfo(key=key, size=found.size, sha256=digest, modified=found.last_modified)

    def _send(self, key: str, file: IO[bytes], size: int, digest: bytes, *, locked: bool) -> None:
        """One PUT of known size and checksum. The SDK's own would hold 5 MiB and cannot send `If-None-Match`."""
        self._client()
        now = datetime.now(UTC)
        headers: dict[str, str | list[str] | tuple[str]] = {
            "Host": self._host,
            "Content-Length": str(size),
            "Content-Type": "application/octet-stream",
            "x-amz-content-sha256": digest.hex(),
            "x-amz-checksum-sha256": b64encode(digest).decode(),
            "x-amz-date": to_amz_date(now),
            _DIGEST: digest.hex(),
        }
        if locked:
            headers["If-None-Match"] = "*"  # of parallel writers one wins
        if locked and self._hold:
            headers["x-amz-object-lock-legal-hold"] = "ON"
        if self._encrypt:
            headers["x-amz-server-side-encryption"] = "AES256"
        url = urlsplit(f"{self._scheme}://{self._host}/{self._locked if locked else self._bucket}/{key}")
        signed = sign_v4_s3(
            method="PUT",
            url=url,
            region=self._region,
            headers=headers,
            credentials=self._keys,
            content_sha256=digest.hex(),
            date=now,
        )
        sent = {name: str(value) for name, value in signed.items()}
        answer = self._pool.request("PUT", url.geturl(), body=file, headers=sent)
        if answer.status == 412:
            raise Refused(f"{key} is locked")
        if answer.status != 200:
            raise (
                S3Error.fromxml(answer) if answer.data else Unavailable(f"{self._host}: HTTP {answer.status}")
            )


def _verified(key: str, response: BaseHTTPResponse) -> Iterator[bytes]:
    digest = sha256()
    with closing(response):
        with _translated():
            for chunk in response.stream(CHUNK):
                digest.update(chunk)
                yield chunk
        response.release_conn()
    if digest.hexdigest() != response.headers.get(_DIGEST):
        raise Corrupt(f"{key}: the bytes differ from their checksum")


@contextmanager
def _translated() -> Iterator[None]:
    """What minio and urllib3 raise, as the port's errors."""
    try:
        yield
    except S3Error as error:
        kind: type[PortError] = Refused if error.code in _REFUSED else Unavailable
        raise (NotFound if error.code in _ABSENT else kind)(f"{error.code}: {error.message}") from error
    except (MinioException, InvalidResponseError, HTTPError, OSError) as error:
        raise Unavailable(f"{type(error).__name__}: {error}") from error
