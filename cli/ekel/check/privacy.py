"""C9: an identity number stands only in its places, never in the open streams, the audit chains or the logs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chassis.ports.events import Record
from runtime.check import Findings

# 16 digits that are not part of a longer number or of a hash.
_NUMBER = re.compile(r"(?<![0-9A-Fa-f])\d{16}(?![0-9A-Fa-f])")
# Trace ids are random hexadecimal: now and then one is all digits.
_RANDOM = ("traceparent", "ce_causationid")


def record(record: Record, found: Findings) -> None:
    """`record` lies on a stream that carries no identity numbers."""
    heads = " ".join(v for name, v in record.headers.items() if name not in _RANDOM)
    text = f"{record.key} {heads} {(record.value or b'').decode(errors='replace')}"
    if _NUMBER.search(text):
        found.bad("C9", f"{record.topic}@{record.offset}", "16 digits in an open stream")


def logs(folder: Path, found: Findings) -> None:
    """Every line that the roles wrote; the finding names file and line, not what stands there."""
    for file in sorted(folder.rglob("*.log*")):
        for number, line in _lines(file):
            if _NUMBER.search(line):
                found.bad("C9", f"{file.name}:{number}", "16 digits in a log")


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    with file.open(errors="replace") as lines:
        yield from enumerate(lines, 1)
