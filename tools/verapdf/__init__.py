"""veraPDF from Maven Central: the independent judge of PDF/A (GPL or MPL; used in tests, never shipped)."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.engines.cache import fetched, need

VERSION = "1.28.2"
POM = Path(__file__).with_name("verapdf.pom.xml")
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def get() -> Path:
    """Where it is; fetched once."""
    need("java", "apt-get install default-jre-headless")
    return fetched("verapdf", VERSION, _fill)


def complaints(files: Sequence[Path], flavour: str = "2b") -> list[str]:
    """What veraPDF has against these files, one line each; empty if all keep PDF/A of that flavour."""
    java = [need("java", "apt-get install default-jre-headless"), "-cp", f"{get()}/lib/*", MAIN]
    done = subprocess.run(
        [*java, "-f", flavour, "--format", "text", "-v", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    passed = {line.split(" ")[1] for line in lines if line.startswith("PASS ")}
    silent = [f"{file}: no verdict: {done.stderr[-500:]}" for file in files if str(file) not in passed]
    return [*(line for line in lines if not line.startswith("PASS ")), *silent]


def _fill(folder: Path) -> None:
    mvn = need("mvn", "apt-get install maven")
    command = [mvn, "-q", "-B", "-f", str(POM), COPY, f"-DoutputDirectory={folder}/lib"]
    subprocess.run(command, check=True)
