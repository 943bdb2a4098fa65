"""Make the store of a released version anew: `PYTHONPATH=tests .venv/bin/python tests/released/make.py v0.2`.

Only for a new release; a store that was committed stays as it is, because what it holds is the point.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from support.rilis import unpacked

HERE = Path(__file__).parent
PASSING = shutil.ignore_patterns(
    "*.bells", "*.ticket", "log", "pesan", "run", "up.log"
)  # of a running system


def main(tag: str) -> None:
    with TemporaryDirectory() as made:
        place = Path(made)
        environment = unpacked(tag, place / "source").environment("tests")
        command = [sys.executable, str(HERE / "play.py"), str(place / "store")]
        subprocess.run(command, env={**os.environ, **environment}, cwd=place / "source", check=True)
        shutil.copytree(place / "store", place / "data", ignore=PASSING)
        for file in (place / "data").rglob("*.sqlite"):
            _small(file)
        with tarfile.open(HERE / f"{tag}.tar.xz", "w:xz", preset=9) as tar:
            tar.add(place / "data", "data")


def _small(file: Path) -> None:
    """One file without its log of writes and without holes."""
    connection = sqlite3.connect(file)
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1])
