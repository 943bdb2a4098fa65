"""The erasure ledger: which cases' data were erased and when, as ids; a restore erases again what it names.

One JSON object per line: {service, scope, id, what, time} and for a destroyed letter {surat, musnah}. It is kept with
the backups, outside the machine, and written anew from the stores: by every backup and by `ekel backup erasures`.
Lines are only ever added. What it cannot know is what was erased after it was last written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chassis.settings import Settings
from ekel.stores import Stores, opened
from runtime.check import everything

Line = dict[str, Any]


class BadLedger(Exception):
    """The file cannot be read as a ledger."""


def read(file: Path) -> list[Line]:
    """Raises `BadLedger`: a ledger that is not understood must not pass for an empty one."""
    try:
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        for line in lines:
            _key(line)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadLedger(f"{file}: {type(error).__name__}: {error}") from error
    return lines


def write(settings: Settings, file: Path) -> int:
    """Add what the stores show; how many lines there are now. Raises `BadLedger`."""
    known = {_key(line): line for line in (read(file) if file.exists() else [])}
    with opened(settings) as stores:
        for line in _erased(stores):
            known.setdefault(_key(line), line)
    draft = file.with_name(file.name + ".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines(json.dumps(line, sort_keys=True) + "\n" for line in known.values())
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)
    return len(known)


def _erased(stores: Stores) -> Iterator[Line]:
    for name, why in stores.unreadable.items():
        raise BadLedger(f"{name} cannot be read: {why}")
    for service in ("pengajuan", "dokumen"):
        store = stores.cases[service]
        for doc in everything(store.documents, store.name):
            state, place = doc.body["state"] or {}, {"service": service, "scope": doc.scope, "id": doc.id}
            for what, when in (state.get("dihapus") or {}).items():
                yield {**place, "what": what, "time": when if isinstance(when, str) else when["waktu"]}
            for id, letter in (state.get("surat") or {}).items() if service == "dokumen" else ():
                if letter["status"] == "dimusnahkan":
                    note = letter["musnah"]
                    yield {
                        **place,
                        "what": "surat",
                        "surat": id,
                        "musnah": note,
                        "time": note["setuju"]["waktu"],
                    }


def _key(line: Line) -> tuple[str, ...]:
    return (line["service"], line["scope"], line["id"], line["what"], line.get("surat", ""))
