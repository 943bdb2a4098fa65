"""MinIO, the last state of its sources, built by Go: an S3 server with versions, object lock and encryption at rest."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import urllib3
from minio import Minio as Client
from minio.error import MinioException

from tools.engines.cache import fetched, say
from tools.engines.go import built
from tools.engines.server import Launch

VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
USER = "ekel"
BUCKET = "ekel"


class Minio:
    """`Engine`; password and encryption key are made once and stay in its folder."""

    name = "minio"
    ports = 1

    def get(self) -> Path:
        return fetched(self.name, VERSION, _fill)

    def prepare(self, home: Path, data: Path, ports: Sequence[int]) -> Launch:
        (data / "objects").mkdir(exist_ok=True)
        server = [str(home / "minio"), "server", "--quiet", "--address", f"127.0.0.1:{ports[0]}"]
        environment = {
            "MINIO_ROOT_USER": USER,
            "MINIO_ROOT_PASSWORD": _secret(data / "password", secrets.token_hex(16)),
            "MINIO_UPDATE": "off",
            "MINIO_BROWSER": "off",
            # Without a key it refuses to encrypt at rest.
            "MINIO_KMS_SECRET_KEY": "ekel:"
            + _secret(data / "key", b64encode(secrets.token_bytes(32)).decode()),
        }
        return Launch(command=[*server, str(data.resolve() / "objects")], environment=environment)

    def ready(self, data: Path, ports: Sequence[int]) -> bool:
        """Asked as a user asks: its own health is fine seconds before it has read who its users are."""
        with urllib3.PoolManager(timeout=2, retries=False) as pool:
            client = Client(
                f"127.0.0.1:{ports[0]}", USER, (data / "password").read_text(), secure=False, http_client=pool
            )
            try:
                client.list_buckets()
            except (MinioException, urllib3.exceptions.HTTPError):
                return False
        return True

    def settings(self, data: Path, ports: Sequence[int]) -> dict[str, str]:
        password = (data / "password").read_text()
        return {"EKEL_OBJECTS_URL": f"s3://{USER}:{password}@127.0.0.1:{ports[0]}/{BUCKET}?secure=0"}


def _secret(file: Path, fresh: str) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(fresh)
    return file.read_text()


def _fill(folder: Path) -> None:
    say("minio", "building it takes three to seven minutes")
    built("github.com/minio/minio", VERSION, folder)
