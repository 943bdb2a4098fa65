"""Accounts of outside systems as the operator's command keeps them; a secret is shown once and stored as a hash."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from pydantic import ValidationError

from chassis.aggregate import Outcome
from chassis.causes import Cause, Decide
from gateway.akun import akun, isian
from gateway.akun.models import AkunBaru, AkunUbah
from gateway.bootstrap import App, build
from gateway.pantau.status import ACUAN
from gateway.settings import Settings

_MOST = 1000  # systems of a city


class Refused(Exception):
    """This system may not read this; the text says why."""


def grant(settings: Settings, *, sistem: str, nama: str, wilayah: Sequence[str]) -> str:
    """The secret of a system that may read these areas; the earlier secret, area and sessions end.

    Raises `Refused` for a name that staff use, an area outside the city, or what `POST /v1/akun` would refuse.
    """
    asked = {"akun": sistem, "nama": nama or sistem, "peran": "sistem", "wilayah": list(wilayah)}
    try:
        typed = AkunBaru.model_validate(asked)
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors(include_input=False))
        raise Refused(wrong) from error
    with closing(build(settings)) as app:
        strange = [kode for kode in typed.wilayah if not _served(app, kode)]
        if strange:
            raise Refused(f"wilayah: no office here has a code like {', '.join(strange)}")
        found = app.direktori.get(typed.akun)
        if found is None:
            fields, secret = isian.baru(typed, app.passwords)
            _change(app, typed.akun, "akun.dibuat", akun.baru(typed.akun, fields))
        else:
            secret = _renew(app, found, typed)
    assert secret is not None
    return secret


def revoke(settings: Settings, sistem: str) -> bool:
    """Close the account and end its sessions; False if no such system may read now."""
    with closing(build(settings)) as app:
        state = app.direktori.active(sistem)
        if state is None or state["jenis"] != akun.SISTEM:
            return False
        fields, _ = isian.ubah(state, AkunUbah(aktif=False), app.passwords)
        _change(app, sistem, "akun.diubah", akun.ubah(sistem, fields))
        app.sessions.end_all(sistem)
        return True


def listing(settings: Settings) -> list[dict[str, Any]]:
    """Every system: akun, nama, wilayah, aktif."""
    with closing(build(settings)) as app:
        where = {"scope": app.direktori.kota, "state.jenis": akun.SISTEM}
        found = app.direktori.store.find(where, limit=_MOST)
        return [{"akun": o.id, **{n: o.state[n] for n in ("nama", "wilayah", "aktif")}} for o in found]


def _renew(app: App, found: Outcome, typed: AkunBaru) -> str | None:
    if found.state["jenis"] != akun.SISTEM:
        raise Refused(f"{typed.akun} is no outside system; choose another name")
    new = AkunUbah(nama=typed.nama, wilayah=typed.wilayah, aktif=True, rahasia_baru=True)
    fields, secret = isian.ubah(found.state, new, app.passwords)
    _change(app, typed.akun, "akun.diubah", akun.ubah(typed.akun, fields))
    app.sessions.end_all(typed.akun)
    return secret


def _change(app: App, id: str, action: str, decide: Decide) -> None:
    app.audit.append(app.direktori.kota, actor="ekel", action=action, subject=id)
    app.direktori.change(id, decide, Cause.command(f"ekel:{app.direktori.store.moment().ids[0]}"))


def _served(app: App, kode: str) -> bool:
    """Whether a code is the beginning of one of this city, or of an office that joined."""
    if kode.startswith(app.settings.kota):
        return True
    where = {"scope": ACUAN, "id": {"gte": f"kantor.{kode}", "lt": f"kantor.{kode}~"}}
    return bool(app.rujukan.find(where, limit=1))
