"""Another contact for a resident: a code to the new one, and a code to the old one or a clerk's word (R1)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request

from chassis.aggregate import Outcome
from chassis.causes import Cause
from chassis.ports.errors import Duplicate
from gateway import door
from gateway.akun import akun, kontak, warga
from gateway.akun.direktori import seat
from gateway.akun.kontak import Kontak
from gateway.bootstrap import App, here
from gateway.masuk import kirim, sesi
from gateway.masuk.kode import MINUTES
from gateway.masuk.models import Sesi
from gateway.masuk.models_warga import GantiKontak, KontakBaru, PermintaanGanti
from gateway.masuk.warga import ASKED, subject
from web import identity
from web.problems import Problem

bp = APIBlueprint("ganti_kontak", __name__, tag="Warga")


@bp.post("/v1/saya/kontak")
@bp.input(KontakBaru)
@bp.output(PermintaanGanti, status_code=202)
@bp.doc(
    summary="Ask for another contact: codes to the new and to the old one",
    responses={
        401: "belum-masuk",
        403: "dilarang, kontak-lewat-loket",
        422: "isi-salah",
        429: "terlalu-sering",
        503: "layanan-tidak-tersedia",
    },
)
def ask(json_data: KontakBaru) -> Any:
    caller, app = identity.caller("warga"), here()
    new = kontak.parse(json_data.jenis, json_data.nilai)
    old = _old(app, _account(app, caller.sub), new)
    for contact in (new, old):
        if contact is not None:
            app.tries.begin(ASKED, subject(app, contact))
    return {
        "permintaan": kirim.send(app, new),
        "permintaan_lama": None if old is None else kirim.send(app, old),
        "berlaku_menit": MINUTES,
    }


@bp.post("/v1/saya/kontak/kode")
@bp.input(GantiKontak)
@bp.output(Sesi)
@bp.doc(
    summary="Change the contact with both codes; every session ends and a new one begins",
    responses={
        401: "belum-masuk, kode-masuk-salah",
        403: "dilarang, kontak-lewat-loket",
        409: "kontak-dipakai",
        422: "isi-salah",
    },
)
def change(json_data: GantiKontak) -> Any:
    caller, app = identity.caller("warga"), here()
    account = _account(app, caller.sub)
    new = app.codes.use(json_data.permintaan, json_data.kode)
    old = _old(app, account, new)
    if old is not None and app.codes.use(json_data.permintaan_lama or "-", json_data.kode_lama or "-") != old:
        raise Problem("kode-masuk-salah")
    app.audit.append(app.direktori.kota, actor=caller.sub, action="kontak.diganti", subject=caller.sub)
    changed = _changed(app, account, new)
    app.sessions.end_all(caller.sub)
    app.exchange.forget(request.environ[door.SESSION])
    app.exchange.forget_account(caller.sub)
    return sesi.begin(app, changed, app.settings.session_resident, sesi.Kept(lewat="kontak"))


def _account(app: App, id: str) -> Outcome:
    account = app.direktori.get(id)
    if account is None:
        raise Problem("belum-masuk")
    return account


def _old(app: App, account: Outcome, new: Kontak) -> Kontak | None:
    """The contact that also has to agree; None if a clerk entered the new one. Raises `kontak-lewat-loket`."""
    if account.state.get("calon_h") == app.direktori.fingerprint(new):
        return None
    old = kontak.of(account.state.get("kontak"))
    if old is None:
        raise Problem("kontak-lewat-loket")
    return old


def _changed(app: App, account: Outcome, new: Kontak) -> Outcome:
    """A contact that serves somebody already is joined at the counter only."""
    hashed = app.direktori.fingerprint(new)
    if app.direktori.served(hashed):
        raise Problem("kontak-dipakai")
    fields = {"kontak": warga.stored(new), "kursi": seat(hashed, 0), "kontak_h": None, "calon_h": None}
    cause = Cause.command(f"kontak:{app.direktori.store.moment().ids[0]}")
    try:
        return app.direktori.change(account.id, akun.ubah(account.id, fields), cause)
    except Duplicate as error:
        raise Problem("kontak-dipakai") from error
