"""The object port on any S3 server: written with its SHA-256 signed and stored, so bytes are checked both ways.

    s3://KEY:SECRET@host:9000/bucket?secure=0&region=us-east-1&lock_bucket=other&hold=0&encrypt=1

`bucket` holds what may change, without versions, so that deleting erases. `lock_bucket` (`<bucket>-locked`) holds
what is locked: created with object lock, each under a legal hold unless `hold=0`. Missing buckets are created.
An upload waits until it is whole and its checksum known, beyond 256 KiB in an unnamed temporary file, then is one
streamed request.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from heapq import merge
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from minio import Minio
from minio.credentials.credentials import Credentials
from minio.error import MinioException, S3Error
from minio.signer import sign_v4_s3
from minio.time import to_amz_date
from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import HTTPError

from chassis.ports.errors import Corrupt, NotFound, PortError, Refused, Unavailable
from chassis.ports.objects import CHUNK, ObjectInfo
from engines import names

_TIMEOUT = Timeout(connect=3, read=30)  # seconds, of silence
_KINDS: dict[str, type[PortError]] = {
    "NoSuchKey": NotFound,
    "PreconditionFailed": Refused,  # of parallel locked puts
    "EntityTooLarge": Refused,
    "InvalidArgument": Refused,
}
_DIGEST, _WRITTEN = "x-amz-meta-sha256", "x-amz-meta-written"  # by the writer's clock, in UTC


class S3Objects:
    """`Objects` in two buckets. Connects at the first use in each process."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._options = dict(parse_qsl(self._url.query))
        self._host = self._url.netloc.rpartition("@")[2]
        self._bucket = self._url.path.strip("/")
        self._locked = self._options.get("lock_bucket", f"{self._bucket}-locked")
        self._region = self._options.get("region", "us-east-1")
        self._secure = self._options.get("secure") != "0"
        self._keys = Credentials(unquote(self._url.username or ""), unquote(self._url.password or ""))
        self._lock, self._process = Lock(), 0

    def put(self, key: str, chunks: Iterable[bytes], *, locked: bool = False) -> ObjectInfo:
        self._refuse_locked(key)
        with SpooledTemporaryFile(CHUNK) as file:
            digest = sha256()
            for chunk in chunks:  # its exceptions are the caller's own
                digest.update(chunk)
                with _translated():
                    file.write(chunk)
            size = file.tell()
            with _translated():
                now = datetime.now(UTC)
                self._send(key, file, size, digest.digest(), locked, now)
                if locked:
                    self._client().remove_object(self._bucket, key)  # what was there unlocked
        return ObjectInfo(key=key, size=size, sha256=digest.hexdigest(), modified=now)

    def open(self, key: str) -> Iterator[bytes]:
        with suppress(NotFound), _translated():
            return _verified(key, self._client().get_object(self._locked, names.key(key)))
        with _translated():
            return _verified(key, self._client().get_object(self._bucket, key))

    def stat(self, key: str) -> ObjectInfo | None:
        for bucket in (self._locked, self._bucket):
            with suppress(NotFound), _translated():
                return self._info(bucket, names.key(key))
        self.ping()  # an answer without a body does not tell a missing object from a missing bucket
        return None

    def delete(self, key: str, *, even_locked: bool = False) -> bool:
        if not even_locked:
            self._refuse_locked(key)
        if self.stat(key) is None:
            return False
        if even_locked:
            self._destroy(key)
        with _translated():
            self._client().remove_object(self._bucket, key)
        return True

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        with _translated():
            list_ = self._client().list_objects
            both = [list_(bucket, prefix, recursive=True) for bucket in (self._locked, self._bucket)]
            keys = dict.fromkeys(merge(*([str(each.object_name) for each in one] for one in both)))
        found = (self.stat(key) for key in keys)
        yield from (info for info in found if info is not None)  # None: deleted meanwhile

    def ping(self) -> None:
        with _translated():
            for bucket in (self._bucket, self._locked):
                if not self._client().bucket_exists(bucket):
                    raise Unavailable(f"{self._host}: no bucket {bucket}")

    def close(self) -> None:
        if self._process == os.getpid():
            self._pool.clear()

    def _client(self) -> Minio:
        with self._lock:
            if self._process != os.getpid():  # connections do not survive a fork
                self._pool = PoolManager(timeout=_TIMEOUT, maxsize=16, blocksize=CHUNK, retries=False)
                keys = (self._keys.access_key, self._keys.secret_key, None)
                self._minio = Minio(self._host, *keys, self._secure, self._region, self._pool)
                for bucket, lock in ((self._bucket, False), (self._locked, self._options.get("hold") != "0")):
                    if not self._minio.bucket_exists(bucket):
                        self._minio.make_bucket(bucket, object_lock=lock)
                self._process = os.getpid()
            return self._minio

    def _destroy(self, key: str) -> None:
        """Every version of a locked object, after its hold is taken off; nothing that could bring it back stays."""
        client = self._client()
        with _translated():
            for found in client.list_objects(self._locked, names.key(key), include_version=True):
                if found.object_name != key:
                    continue
                if self._options.get("hold") != "0" and not found.is_delete_marker:
                    client.disable_object_legal_hold(self._locked, key, found.version_id)
                client.remove_object(self._locked, key, found.version_id)

    def locked(self, key: str) -> bool:
        """Beyond the port, for backups: whether it was put so."""
        with suppress(NotFound), _translated():
            return bool(self._info(self._locked, names.key(key)))
        return False

    def _refuse_locked(self, key: str) -> None:
        if self.locked(key):
            raise Refused(f"{key} is locked")

    def _info(self, bucket: str, key: str) -> ObjectInfo:
        found = self._client().stat_object(bucket, key)
        digest, written = ((found.metadata or {}).get(name) for name in (_DIGEST, _WRITTEN))
        if digest is None or written is None or found.size is None:
            raise Corrupt(f"{key}: stored without a checksum")
        return ObjectInfo(key=key, size=found.size, sha256=digest, modified=datetime.fromisoformat(written))

    def _send(self, key: str, file: IO[bytes], size: int, digest: bytes, locked: bool, now: datetime) -> None:
        """One PUT of known size and checksum. The SDK's own would hold 5 MiB and cannot send `If-None-Match`."""
        file.seek(0)
        hexdigest = digest.hex()
        headers: dict[str, Any] = {"Host": self._host, "Content-Length": str(size), _DIGEST: hexdigest}
        headers |= {"x-amz-content-sha256": hexdigest, "x-amz-date": to_amz_date(now)}
        headers[_WRITTEN] = now.isoformat()
        if locked:
            headers["If-None-Match"] = "*"  # of parallel writers one wins
            headers["x-amz-checksum-sha256"] = b64encode(digest).decode()  # AWS wants one with a hold
        if locked and self._options.get("hold") != "0":
            headers["x-amz-object-lock-legal-hold"] = "ON"
        if self._options.get("encrypt") == "1":
            headers["x-amz-server-side-encryption"] = "AES256"
        place = f"{self._host}/{self._locked if locked else self._bucket}/{key}"
        url = urlsplit(f"{'https' if self._secure else 'http'}://{place}")
        how: dict[str, Any] = {"region": self._region, "credentials": self._keys, "date": now}
        signed = sign_v4_s3(method="PUT", url=url, headers=headers, content_sha256=hexdigest, **how)
        answer = self._pool.request("PUT", url.geturl(), body=file, headers=dict[str, Any](signed))
        if answer.status != 200:
            said = "xml" in answer.headers.get("content-type", "")
            raise S3Error.fromxml(answer) if said else Unavailable(f"{place}: HTTP {answer.status}")


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
        raise _KINDS.get(str(error.code), Unavailable)(f"{error.code}: {error.message}") from error
    except (MinioException, HTTPError, OSError) as error:
        raise Unavailable(f"{type(error).__name__}: {error}") from error
