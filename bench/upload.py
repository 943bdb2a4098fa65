"""`python -m bench.upload`: one object of three sizes, our `put` against the SDK's."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from minio import Minio

from bench import figures, ground
from chassis.ids import new_id
from chassis.ports.objects import CHUNK
from engines.open import open_objects

SIZES = {"300 kB": 300_000, "5 MB": 5_000_000, "25 MB": 25_000_000}
ROUNDS = {"300 kB": 101, "5 MB": 25, "25 MB": 11}


def main() -> None:
    ground.heading("upload: objects.put against minio's put_object")
    with ground.servers("minio") as (urls, _):
        url = urlsplit(urls["EKEL_OBJECTS_URL"])
        objects = open_objects(urls["EKEL_OBJECTS_URL"])
        objects.put("bench/first", [b"makes the buckets"])
        bucket = url.path.strip("/")
        bare = Minio(
            f"{url.hostname}:{url.port}", url.username, url.password, secure=False, region="us-east-1"
        )
        for name, size in SIZES.items():
            content = os.urandom(size)

            def ours(content: bytes = content) -> float:
                begin = time.monotonic()
                objects.put(f"bench/{new_id()}", _chunks(content))
                return len(content) / 1e6 / (time.monotonic() - begin)

            def floor(content: bytes = content) -> float:
                begin = time.monotonic()
                bare.put_object(bucket, f"bench/{new_id()}", io.BytesIO(content), len(content))
                return len(content) / 1e6 / (time.monotonic() - begin)

            figures.ratio(f"upload of {name}", "MB/s", *figures.turns(ours, floor, ROUNDS[name]))
        objects.close()


def _chunks(content: bytes) -> Iterator[bytes]:
    for begin in range(0, len(content), CHUNK):
        yield content[begin : begin + CHUNK]


if __name__ == "__main__":
    main()
