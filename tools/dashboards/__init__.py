"""Dashboards against Grafana's own types (@grafana/schema, by npm): what Grafana would silently not show is an error.

A dashboard becomes a TypeScript constant of type `Board` (board.ts), because only a literal is asked for fields that
do not exist. The packages are locked by hash in package-lock.json, without the address of a registry.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.engines.cache import fetched, need

HERE = Path(__file__).parent
BOARDS = HERE.parents[1] / "deploy/grafana/dashboards"
DEBIAN = "apt-get install nodejs npm"
OPTIONS = ("--noEmit", "--strict", "--skipLibCheck", "--allowImportingTsExtensions", "--moduleResolution")
TARGETS = ("bundler", "--module", "esnext", "--target", "es2022", "--pretty", "false")


def get() -> Path:
    """The folder with the packages; fetched once for each package-lock.json."""
    version = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    return fetched("dashboards", version, _fill)


def complaints(boards: Path = BOARDS) -> list[str]:
    """What the compiler has against the dashboards of a folder and against proof.ts, one line each."""
    node, packages = need("node", DEBIAN), get() / "node_modules"
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "node_modules").symlink_to(packages)
        for file in (HERE / "board.ts", HERE / "proof.ts"):
            shutil.copy(file, folder)
        names = [_literal(file, folder) for file in sorted(boards.glob("*.json"))]
        command = [node, str(packages / "typescript/bin/tsc"), *OPTIONS, *TARGETS, "proof.ts", *names]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = done.stdout.splitlines()
    if done.returncode and not found:
        found = [f"tsc: {done.stderr[-500:]}"]
    return found if names else [f"no dashboard in {boards}"]


def _literal(file: Path, folder: Path) -> str:
    """The name of the written file; its lines are those of the JSON and one."""
    value = json.loads(file.read_text())  # what is no JSON is told as such
    made = folder / f"{file.stem}.ts"
    text = json.dumps(value, indent=1, ensure_ascii=False)
    made.write_text(f'import type {{ Board }} from "./board.ts";\nexport const board: Board = {text};\n')
    return made.name


def _fill(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = [need("npm", DEBIAN), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True)
