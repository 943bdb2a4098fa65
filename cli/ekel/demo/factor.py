"""The demo's second factor: each code is good once, so this machine is registered as the official's device with it.

Demos on one machine take turns at an account, as people do who share one telephone: the first gives a code and is
remembered, the others come with what it was given, as long as the gateway knows that device.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ekel.demo.client import Answer, Client, Unexpected
from ekel.demo.people import PASSWORD
from gateway.demo import TOTP
from gateway.masuk import totp

DEVICE = "ekel demo"
MORE = 10  # codes to wait for, half a minute each


def steps(
    now: Callable[[], float] = time.time, wait: Callable[[float], None] = time.sleep, after: int = 0
) -> Iterator[int]:
    """Steps after the last one used whose codes are good now; then each next one as soon as its time comes."""
    step = int(now()) // totp.STEP
    first = max(step - totp.ASIDE, after + 1)
    for each in range(first, max(first, step + totp.ASIDE + 1) + MORE):
        wait(max(0.0, (each - totp.ASIDE) * totp.STEP - now()))
        yield each


def codes(now: Callable[[], float] = time.time, wait: Callable[[float], None] = time.sleep) -> Iterator[str]:
    """The codes that are good now; when others used all of them, each next one as soon as its time comes."""
    return (totp.code(TOTP, each) for each in steps(now, wait))


def present() -> str:
    """The code of this half minute."""
    return totp.code(TOTP, int(time.time()) // totp.STEP)


def session(client: Client, account: str, password: str = PASSWORD, *, strong: bool = False) -> Any:
    """Sign a demo official in; asked for a second factor, or when `strong`, give one. Raises `Unexpected`."""
    asked = {"akun": account, "sandi": password}
    with _turn(client.url, account) as kept:
        known: dict[str, Any] = json.loads(kept.read_text() or "{}")
        device = {"perangkat": known["perangkat"]} if "perangkat" in known else {}
        answer = None if strong else client.ask("POST", "/v1/masuk/petugas", body={**asked, **device})
        for step in steps(after=known.get("step", 0)):
            if answer is not None and not _wants_another(answer):
                break
            kept.write_text(json.dumps({"step": step}))
            given = {**asked, "totp": totp.code(TOTP, step), "ingat_perangkat": DEVICE}
            answer = client.ask("POST", "/v1/masuk/petugas", body=given)
            if answer.status == 200:
                kept.write_text(json.dumps({"step": step, "perangkat": answer.data["perangkat"]}))
    if answer is None or answer.status != 200:
        raise Unexpected(f"sign-in of {account} answered {answer.status if answer else 'nothing'}")
    return answer.data


def _wants_another(answer: Answer) -> bool:
    return answer.status == 401 and str(answer.data["type"]).endswith((":totp-wajib", ":totp-salah"))


@contextmanager
def _turn(url: str, account: str) -> Iterator[Path]:
    """Nobody else on this machine signs the account in meanwhile; a file with the last step and the device."""
    name = hashlib.sha256(f"{url} {account}".encode()).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"ekel-demo-{os.getuid()}-{name}.json"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield path
    finally:
        os.close(descriptor)
