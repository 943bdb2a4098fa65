"""Name, version and licence of every locked package, from what is installed; exit 1 for a licence nobody looked at."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker

# Compatible with Apache-2.0 as we use them: unmodified, as packages of their own (docs/decisions/0009).
ALLOWED = (
    "Apache",
    "MIT",
    "BSD",
    "ISC",
    "MPL-2.0",
    "Mozilla",
    "PSF",
    "Python Software Foundation",
    "Unlicense",
    "0BSD",
)
# LGPL, and looked at: used unmodified through their Python interface, replaceable by whoever installs.
LOOKED_AT = {
    "pi-heif": "its wheel carries libheif and libde265 (docs/decisions/0009)",
    "crc32c": "checksums of Kafka's records; part of the production engines only",
}
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==\S+(?: ; ([^\\]+))?", re.MULTILINE)


def locked(file: Path) -> Iterator[str]:
    """Names that this platform installs."""
    for name, marker in _LOCKED.findall(file.read_text()):
        if not marker or Marker(marker.strip()).evaluate():
            yield name


def licence(package: Distribution) -> str:
    """SPDX expression, or what an older package says: classifiers, then the first line of its field."""
    about = package.metadata
    if expressions := about.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [
        c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License ::")
    ]
    named = [c for c in classifiers if c != "OSI Approved"]
    field = str((about.get_all("License") or [""])[0])
    return " or ".join(named) or field.strip().split("\n")[0]


def main(files: list[str]) -> int:
    unknown = 0
    for name in sorted({name for file in files for name in locked(Path(file))}):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            print(f"{name} is not installed: scripts/setup production", file=sys.stderr)
            return 2
        found = licence(package)
        print(f"{name}\t{package.version}\t{found}")
        if name not in LOOKED_AT and not any(allowed.lower() in found.lower() for allowed in ALLOWED):
            print(f"{name}: {found or 'no licence told'}: not looked at yet", file=sys.stderr)
            unknown = 1
    return unknown


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
