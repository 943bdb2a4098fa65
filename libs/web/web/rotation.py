"""Another signing key without a pause: published first, used next, the old one believed until its last token is over.

Running processes follow: a verifier reads its folder again when it changed, a signer its file when another has the
name. Where machines do not share the folder, copy `public/` to all of them between `publish` and `use`.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from web import tokens

LONGEST = 24 * 3600  # seconds of the longest token: an upload grant


def publish(folder: Path, name: str) -> str:
    """Make the next key and show its public half; its id. One that waits already stays the next one."""
    private = _next(folder, name)
    if not private.exists():
        tokens.write_once(private, tokens.new_key())
    public = tokens.public_half(private.read_bytes())
    id = hashlib.sha256(public).hexdigest()[:12]
    tokens.write_once(folder / "public" / f"{name}.{id}.pem", public)
    return id


def use(folder: Path, name: str) -> None:
    """Sign with the published key from now on. Raises FileNotFoundError if none waits."""
    now = time.time()
    for old in _public(folder, name):
        os.utime(old, (now, now))  # its last token is made about now; `retire` counts from here
    _next(folder, name).replace(folder / f"{name}.pem")


def retire(folder: Path, name: str, seconds: int = LONGEST) -> list[str]:
    """Stop believing keys that have signed nothing for so long; the files that went."""
    current = tokens.public_half((folder / f"{name}.pem").read_bytes())
    waiting = _next(folder, name)
    kept = {current} | ({tokens.public_half(waiting.read_bytes())} if waiting.exists() else set())
    before, gone = time.time() - seconds, []
    for file in _public(folder, name):
        if file.read_bytes() not in kept and file.stat().st_mtime <= before:
            file.unlink()
            gone.append(file.name)
    return gone


def _next(folder: Path, name: str) -> Path:
    return folder / f"{name}.next.pem"


def _public(folder: Path, name: str) -> list[Path]:
    return sorted(f for f in (folder / "public").glob(f"{name}*.pem") if f.name.split(".")[0] == name)
