"""Where a measurement stands: fresh servers of its own, or those that EKEL_*_URL name."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tools.engines import ENGINES, kafka, minio, mongo
from tools.engines.server import read, start, stop

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = ("kafka-python", "pymongo", "minio")


@contextmanager
def servers(*names: str) -> Iterator[tuple[dict[str, str], Path]]:
    """Settings of empty servers, and a folder; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ekel-bench-") as place:
        folder = Path(place)
        try:
            settings: dict[str, str] = {}
            for name in names or ENGINES:
                settings |= start(ENGINES[name](), folder / name)
            yield settings, folder
        finally:
            for name in names or ENGINES:
                stop(name, folder / name)


def pids(folder: Path) -> dict[str, set[int]]:
    """Server → its process, of those that `servers` started there."""
    return {name: {int(read(folder / name)["pid"])} for name in ENGINES if (folder / name).is_dir()}


def heading(what: str) -> None:
    """One line that says what was measured, on what, beside what."""
    clients = ", ".join(f"{name} {version(name)}" for name in CLIENTS)
    engines = f"Kafka {kafka.VERSION}, MongoDB {mongo.VERSION}, MinIO {minio.VERSION[7:15]}"
    print(f"\n== {what} · {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"   Python {platform.python_version()}, {clients}; {engines}; {os.cpu_count()} cores")
    print(f"   load average before: {' '.join(f'{each:.1f}' for each in os.getloadavg())}", flush=True)
