"""Accounts that do not come over HTTP: the first administrator, and the invented officials of the demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from chassis.causes import Cause
from gateway.akun import isian
from gateway.akun.akun import PETUGAS, AkunAda, baru, ubah
from gateway.akun.models import AkunBaru
from gateway.bootstrap import App, build
from gateway.demo import PASSWORD, TOTP, people
from gateway.masuk.wajib import SIGNERS
from gateway.settings import Settings

T = TypeVar("T")
_PREPARED = SIGNERS | {"seklur"}  # who may have to give a second factor in a demo


class Refused(Exception):
    """This account may not be made, or not as asked; the text says why."""


def reference(settings: Settings) -> None:
    """The gateway has no reference data of its own: it hears that of others."""


def demo(settings: Settings) -> list[str]:
    """Make the demo's accounts that are missing; all their ids. Raises `Refused` in production."""
    if settings.env == "production":
        raise Refused("demo accounts are refused with EKEL_ENV=production")
    return _with(settings, _demo)


def administrator(settings: Settings, *, akun: str, nama: str, peran: str, wilayah: str, sandi: str) -> bool:
    """Make a staff account, checked as over HTTP; False if the id is taken. Raises `Refused`."""
    asked = {"akun": akun, "nama": nama, "peran": peran, "wilayah": wilayah.split(","), "sandi": sandi}
    try:
        typed = AkunBaru.model_validate(asked)
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors(include_input=False))
        raise Refused(wrong) from error
    return _with(settings, lambda app: _administrator(app, typed))


def _with(settings: Settings, task: Callable[[App], T]) -> T:
    app = build(settings)
    try:
        return task(app)
    finally:
        app.close()


def _administrator(app: App, typed: AkunBaru) -> bool:
    fields, _ = isian.baru(typed, app.passwords)
    app.audit.append(app.direktori.kota, actor="ekel", action="akun.dibuat", subject=typed.akun)
    cause = Cause.command(f"ekel:{app.direktori.store.moment().ids[0]}")
    try:
        app.direktori.change(typed.akun, baru(typed.akun, fields), cause)
    except AkunAda:
        return False
    return True


def _demo(app: App) -> list[str]:
    hashed, ids = app.passwords.hash(PASSWORD), []
    for id, person in people(app.settings.kota):
        ids.append(id)
        found = app.direktori.get(id)
        if found is None:
            fields: dict[str, Any] = {**person, "jenis": PETUGAS, "sandi": hashed, **_factor(app, id, person)}
            app.direktori.change(id, baru(id, fields), Cause.command(f"seed:{id}"))
        elif not found.state.get("totp") and person["peran"] in _PREPARED:  # made before they needed one
            app.direktori.change(id, ubah(id, _factor(app, id, person)), Cause.command(f"seed:{id}:totp"))
    return ids


def _factor(app: App, id: str, person: Mapping[str, Any]) -> dict[str, Any]:
    """The demo's authenticator secret: installed for who signs letters, at hand for who may stand in for one."""
    if person["peran"] not in _PREPARED:
        return {}
    return {"totp": {"rahasia": app.safe.lock(id, TOTP), "aktif": person["peran"] in SIGNERS}}
