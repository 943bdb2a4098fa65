"""What only S3 does: buckets, locks that bind the operator too, encryption, damage and wrong secrets noticed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from minio import Minio
from minio.error import S3Error

from chassis.ports.errors import Corrupt, PortError, Refused, Unavailable
from chassis.ports.objects import CHUNK, Objects
from engines.open import open_objects
from engines.production.s3 import S3Objects, _translated
from support.servers import Servers
from support.waiting import until
from tools.engines.server import read
from tools.engines.server import running as lives

pytestmark = pytest.mark.needs_engines
KEY = "3276011006/0190a1b2/lampiran-1"
DIGEST = "x-amz-meta-sha256"


@pytest.fixture
def engine() -> str:
    return "production"


@pytest.fixture
def bucket(fresh: str, objects: Objects) -> str:
    objects.ping()  # creates it
    return fresh


@pytest.fixture
def operator(objects_url: str) -> Minio:
    """Somebody with the server's own credentials and an ordinary S3 client."""
    who, _, where = objects_url.removeprefix("s3://").partition("@")
    user, password = who.split(":")
    return Minio(where.partition("/")[0], user, password, secure=False, region="us-east-1")


def test_a_locked_object_cannot_be_erased_by_the_operator_either(
    objects: Objects, bucket: str, operator: Minio
) -> None:
    objects.put(KEY, [b"surat"], locked=True)
    (version,) = operator.list_objects(f"{bucket}-locked", KEY, include_version=True)

    with pytest.raises(S3Error, match="WORM"):
        operator.remove_object(f"{bucket}-locked", KEY, version.version_id)
    assert b"".join(objects.open(KEY)) == b"surat"


def test_what_is_locked_has_versions_and_a_hold_and_what_is_not_has_neither(
    objects: Objects, bucket: str, operator: Minio
) -> None:
    objects.put(KEY, [b"surat"], locked=True)

    assert operator.get_bucket_versioning(f"{bucket}-locked").status == "Enabled"
    assert operator.get_bucket_versioning(bucket).status != "Enabled"
    assert operator.is_object_legal_hold_enabled(f"{bucket}-locked", KEY)


def test_a_deleted_object_leaves_no_version(objects: Objects, bucket: str, operator: Minio) -> None:
    objects.put(KEY, [b"rancangan"])
    objects.put(KEY, [b"rancangan lain"])
    objects.delete(KEY)

    assert list(operator.list_objects(bucket, recursive=True, include_version=True)) == []


def test_an_upload_that_breaks_sends_nothing(objects: Objects, bucket: str, operator: Minio) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * 12_000_000
        raise ConnectionError

    with pytest.raises(ConnectionError):
        objects.put(KEY, broken())
    assert operator._list_multipart_uploads(bucket).uploads == []


def test_bytes_that_are_not_those_of_the_checksum_are_found(
    objects: Objects, bucket: str, operator: Minio
) -> None:
    digest = objects.put(KEY, [b"isi surat"]).sha256
    damaged = b"isi sural"
    operator.put_object(bucket, KEY, BytesIO(damaged), len(damaged), metadata={DIGEST: digest})

    reading = objects.open(KEY)
    with pytest.raises(Corrupt, match="differ"):
        b"".join(reading)


def test_the_server_refuses_bytes_that_changed_on_their_way(objects: Objects, bucket: str) -> None:
    assert isinstance(objects, S3Objects)
    told = sha256(b"isi surat").digest()

    for locked in (False, True):
        with pytest.raises(PortError, match="SHA256"), _translated():
            objects._send(KEY, BytesIO(b"isi sural"), 9, told, locked, datetime.now(UTC))
    assert objects.stat(KEY) is None


def test_twenty_five_megabytes_are_one_request_and_leave_no_parts(
    objects: Objects, bucket: str, operator: Minio
) -> None:
    info = objects.put(KEY, (b"x" * CHUNK for _ in range(25_000_000 // CHUNK)))

    etag = operator.stat_object(bucket, KEY).etag
    assert etag is not None
    assert "-" not in etag  # `…-5` would say that it came in five parts
    assert operator._list_multipart_uploads(bucket).uploads == []
    assert info.sha256 == sha256(b"".join(objects.open(KEY))).hexdigest()


def test_an_object_without_a_checksum_is_corrupt(objects: Objects, bucket: str, operator: Minio) -> None:
    operator.put_object(bucket, KEY, BytesIO(b"x"), 1)

    with pytest.raises(Corrupt):
        objects.stat(KEY)
    with pytest.raises(Corrupt):
        b"".join(objects.open(KEY))


def test_encryption_at_rest_is_a_setting(objects_url: str, fresh: str, operator: Minio) -> None:
    encrypting = open_objects(f"{objects_url}&encrypt=1")
    encrypting.put(KEY, [b"rahasia"])

    found = operator.stat_object(fresh, KEY)
    assert found.metadata is not None
    assert found.metadata["x-amz-server-side-encryption"] == "AES256"
    assert b"".join(encrypting.open(KEY)) == b"rahasia"
    encrypting.close()


def test_locks_work_without_the_servers_object_lock(objects_url: str, operator: Minio, fresh: str) -> None:
    plain = open_objects(f"{objects_url}&hold=0&lock_bucket={fresh}-surat")
    plain.put(KEY, [b"surat"], locked=True)

    with pytest.raises(Refused):
        plain.put(KEY, [b"lain"])
    with pytest.raises(Refused):
        plain.delete(KEY)
    assert [each.object_name for each in operator.list_objects(f"{fresh}-surat", recursive=True)] == [KEY]
    plain.close()


def asks(objects: Objects) -> list[Callable[[], Any]]:
    return [
        lambda: objects.put(KEY, [b"x"]),
        lambda: objects.open(KEY),
        lambda: objects.stat(KEY),
        lambda: objects.delete(KEY),
        lambda: list(objects.list("")),
        objects.ping,
    ]


def test_a_wrong_secret_is_unavailable(objects_url: str) -> None:
    user, _, rest = objects_url.partition("@")
    stranger = open_objects(f"{user}x@{rest}")

    for ask in asks(stranger):
        with pytest.raises(Unavailable):
            ask()
    stranger.close()


def test_a_missing_bucket_is_unavailable_and_not_empty(
    objects: Objects, bucket: str, operator: Minio
) -> None:
    operator.remove_bucket(bucket)

    for ask in asks(objects):
        with pytest.raises(Unavailable):
            ask()


def test_a_server_that_dies_is_unavailable_and_needs_no_operator_when_back(
    objects: Objects, running: Servers
) -> None:
    objects.put(KEY, [b"isi"])
    folder = running.folder / "minio"
    os.kill(read(folder)["pid"], signal.SIGKILL)
    until(lambda: not lives(folder))
    for ask in asks(objects):
        with pytest.raises(Unavailable):
            ask()
    assert running["minio"]

    assert b"".join(objects.open(KEY)) == b"isi"
    objects.put(KEY, [b"lagi"])


def test_a_download_that_is_cut_is_not_taken_for_whole(objects: Objects, running: Servers) -> None:
    objects.put(KEY, [b"x" * 1_000_000] * 30)
    reading = objects.open(KEY)
    next(reading)
    folder = running.folder / "minio"
    os.kill(read(folder)["pid"], signal.SIGKILL)
    until(lambda: not lives(folder))

    with pytest.raises(Unavailable):
        b"".join(reading)
    assert running["minio"]
