"""The password of an account, tried at the price that every try has."""

from __future__ import annotations

from chassis.aggregate import Outcome
from gateway.akun import akun
from gateway.bootstrap import App
from gateway.tries import Rule, Try
from web.problems import Problem

RULE = Rule(kind="sandi", client=10, strangers=100, seconds=900)


def subject(id: str) -> str:
    """What tries and devices of an account are kept under."""
    return f"akun.{id}"


def proven(app: App, id: str, password: str, device: str | None) -> tuple[Outcome, Try]:
    """The staff account whose password this is, and the try, not yet passed.

    Raises `sandi-salah`, `terlalu-sering`; unknown accounts alike.
    """
    attempt = app.tries.begin(RULE, subject(id), device)
    found = fitting(app, id, password)
    if found is None:
        attempt.failed()
        raise Problem("sandi-salah")
    return found, attempt


def fitting(app: App, id: str, password: str) -> Outcome | None:
    """The staff account with this password; costs the same for accounts that do not exist."""
    found = app.direktori.get(id)
    known = found is not None and found.state["jenis"] == akun.PETUGAS
    stored = found.state.get("sandi") if found is not None and known else None
    return found if app.passwords.fits(stored, password) else None
