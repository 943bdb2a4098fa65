"""Move the office clock of a system under test, the way `ekel clock` does: a reader never sees half a file."""

from __future__ import annotations

import json
from pathlib import Path


def shift(file: Path | None, *, seconds: float) -> None:
    assert file is not None, "this system's clock cannot be moved"
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps({"seconds": seconds}))
    draft.replace(file)
