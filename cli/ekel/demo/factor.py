"""The demo's second factor: each code is good once, so whoever signs in often takes the next unused one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from ekel.demo.client import Client, Unexpected
from ekel.demo.people import PASSWORD
from gateway.demo import TOTP
from gateway.masuk import totp

MORE = 10  # codes to wait for, half a minute each: ten demos that sign one lurah in at once all come through


def codes(now: Callable[[], float] = time.time, wait: Callable[[float], None] = time.sleep) -> Iterator[str]:
    """The codes that are good now; when others used all of them, each next one as soon as its time comes."""
    step = int(now()) // totp.STEP
    for each in range(step - totp.ASIDE, step + totp.ASIDE + 1 + MORE):
        wait(max(0.0, (each - totp.ASIDE) * totp.STEP - now()))
        yield totp.code(TOTP, each)


def present() -> str:
    """The code of this half minute."""
    return totp.code(TOTP, int(time.time()) // totp.STEP)


def session(client: Client, account: str, password: str = PASSWORD) -> Any:
    """Sign a demo official in; asked for a second factor, give one. Raises `Unexpected`."""
    asked = {"akun": account, "sandi": password}
    answer = client.ask("POST", "/v1/masuk/petugas", body=asked)
    for code in codes():
        if answer.status != 401 or not str(answer.data["type"]).endswith((":totp-wajib", ":totp-salah")):
            break
        answer = client.ask("POST", "/v1/masuk/petugas", body={**asked, "totp": code})
    if answer.status != 200:
        raise Unexpected(f"sign-in of {account} answered {answer.status}")
    return answer.data
