"""Tests that need a system program say so; a missing one skips them, or fails them where it is required."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest

from support.servers import Servers, environment, servers
from support.system import System

# Marker suffix → the program looked for and the command that brings it.
PROGRAMS: Final = {
    "pdfsig": ("pdfsig", "apt-get install poppler-utils"),
    "clamd": ("clamd", "apt-get install clamav-daemon"),
    "curl": ("curl", "apt-get install curl"),
    "chromium": ("chromium", "apt-get install chromium"),
    "engines": ("servers of the production engines", "make engines"),
    "prometheus": ("promtool", "apt-get install prometheus"),
    "verapdf": ("veraPDF", "python -m tools.verapdf"),
    "kustomize": ("kustomize", "python -m tools.kustomize"),
    "hadolint": ("hadolint", "python -m tools.hadolint"),
    "kubescore": ("kube-score", "python -m tools.kube_score"),
    "crds": ("crds", "python -m tools.crds"),
    "docker": ("a Docker daemon with compose", "https://docs.docker.com/engine/install/"),
}
SERVERS: Final = ("kafka", "mongodb", "minio")  # as in the cache of tools.engines


def _cache() -> Path:
    """Of `tools.engines.cache`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ekelurahan" / "engines"


def _found(name: str, program: str) -> bool:
    if name == "engines":
        cache = _cache()
        return all(any(cache.glob(f"{server}-*/.complete")) for server in SERVERS)
    if name == "verapdf":
        return bool(shutil.which("java")) and any(_cache().glob("verapdf-*/.complete"))
    if any(_cache().glob(f"{program}-*/.complete")):
        return True
    if name == "docker":
        return all(_answers("docker", *words) for words in (["compose", "version"], ["info"]))
    # Daemons live in /usr/sbin, which is not on every user's path.
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def _answers(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip or, when EKEL_TEST_REQUIRE names it, fail a test whose program is missing."""
    required = os.environ.get("EKEL_TEST_REQUIRE", "").replace(",", " ").split()
    for name, (program, command) in PROGRAMS.items():
        if item.get_closest_marker(f"needs_{name}") is None or _found(name, program):
            continue
        reason = f"{program} is missing; this brings it: {command}"
        if name in required:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _own_temp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Systems on a long path keep their bells in the temp folder, one for each database: none is left there.

    pytest's own folder is chosen first and stays: what failed is looked at in it.
    """
    tmp_path_factory.getbasetemp()
    own = tempfile.TemporaryDirectory(prefix="ekel-t-", ignore_cleanup_errors=True)
    with own as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers of the production engines for all files of this worker, each of which takes places of its own."""
    with servers(tmp_path_factory.mktemp("servers")) as started:
        yield started


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One running system on servers of its own: tests that share those of `running` empty their log."""
    folder = tmp_path_factory.mktemp("town")
    with servers(folder / "servers") as started:
        others = {name: url for name, url in started["kafka"].items() if name == "KAFKA_SASL_URL"}
        with System(folder / "data", {**environment(started), **others}) as system:
            yield system


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Clients leave sockets of failed connections to the garbage collector: not to that of the next test, or of none.

    After everything of the test is gone, what it logged too, whose errors hold them.
    """
    result = yield
    if item.get_closest_marker("needs_engines"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
    return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of whole systems first: the short ones then fill what is left of every worker's time."""
    whole = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in whole)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a misspelt EKEL_TEST_REQUIRE: it would silently require nothing."""
    required = os.environ.get("EKEL_TEST_REQUIRE", "").replace(",", " ").split()
    unknown = sorted(set(required) - set(PROGRAMS))
    if unknown:
        message = f"EKEL_TEST_REQUIRE names {', '.join(unknown)}; known are {', '.join(PROGRAMS)}"
        raise pytest.UsageError(message)
