"""POST /v1/warga prints a slip for a person whose KTP a clerk holds; POST /v1/warga/aktivasi uses it."""

from __future__ import annotations

from typing import Any

import segno
from apiflask import APIBlueprint
from flask import request

from chassis.aggregate import Outcome
from chassis.clock import rfc3339
from gateway import door
from gateway.akun import aktivasi, akun, kontak, nomor
from gateway.akun.slip import Seen, printed
from gateway.bootstrap import App, here
from gateway.masuk import sesi
from gateway.masuk.models import Sesi
from gateway.masuk.models_warga import Aktivasi, KtpDilihat, SlipCetak
from gateway.masuk.pin import subject
from gateway.masuk.warga import remembered
from gateway.tries import Rule
from web import commands, identity
from web.problems import Problem

bp = APIBlueprint("slip", __name__, tag="Warga")
CLERKS = ("petugas_loket", "petugas_loket_kecamatan")
RULE = Rule(kind="slip", client=10, strangers=50, seconds=900)


@bp.post("/v1/warga")
@bp.input(KtpDilihat)
@bp.output(SlipCetak, status_code=201)
@bp.doc(
    summary="KTP dilihat: a slip that binds this person (and contact) when it is used; 7 days",
    description="Needs an Idempotency-Key. The answer is the same whether or not the NIK is known.",
    responses={401: "belum-masuk", 403: "dilarang", 422: "isi-salah, kunci-dipakai-lain"},
)
def print_slip(json_data: KtpDilihat) -> Any:
    caller, app = identity.caller(*CLERKS), here()
    typed = json_data.kontak
    contact = None if typed is None else kontak.parse(typed.jenis, typed.nilai, "/kontak/nilai")
    seen = Seen(
        orang_h=app.pseudonyms.of("nik", json_data.nik),
        nama=" ".join(json_data.nama.split()),
        kontak_h=None if contact is None else app.direktori.fingerprint(contact),
        kantor=caller.wilayah[0],
    )
    asked = {"orang": seen.orang_h, "nama": seen.nama, "kontak": seen.kontak_h}
    cause = commands.command(caller.sub, asked)
    app.audit.append(seen.kantor, actor=caller.sub, action="ktp.dilihat", subject=seen.orang_h)
    slip = app.slips.issue(seen, caller.sub, cause)
    link = (
        f"{app.settings.site()}/aktivasi#{slip.nomor}.{slip.kode}"  # after # nothing reaches a server's log
    )
    answer = {
        "nomor": nomor.printed(slip.nomor),
        "kode": printed(slip.kode),
        "tautan": link,
        "qr_svg": segno.make(link, error="m").svg_inline(scale=4),
        "berlaku_sampai": rfc3339(slip.sampai),
    }
    return answer, 201


@bp.post("/v1/warga/aktivasi")
@bp.input(Aktivasi)
@bp.output(Sesi)
@bp.doc(
    summary="Use a slip: with a PIN of one's own, or in the session of the contact it shall belong to",
    responses={
        401: "kode-aktivasi-salah",
        403: "akun-nonaktif, dilarang",
        409: "keluarga-penuh",
        422: "isi-salah",
        429: "terlalu-sering",
    },
)
def activate(json_data: Aktivasi) -> Any:
    app, number = here(), nomor.read(json_data.nomor)
    session = _session(app)
    if session is None and json_data.pin is None:
        wanted = {"pointer": "/pin", "slug": "wajib", "detail": "Pilih 6 angka sebagai PIN."}
        raise Problem("isi-salah", errors=[wanted])
    attempt = app.tries.begin(RULE, f"slip.{number}")
    try:
        slip = app.slips.read(number, json_data.kode)
        pin_h = None if json_data.pin is None else app.passwords.hash(json_data.pin)

        def note(id: str) -> None:
            app.audit.append(slip.seen.kantor, actor=id, action="warga.dikenal", subject=slip.seen.orang_h)

        account = aktivasi.bind(app.direktori, slip, pin_h, session, note)
    except Problem as refused:
        if refused.slug == "kode-aktivasi-salah":
            attempt.failed()
        raise
    app.slips.used(slip)
    attempt.passed()
    return _begin(app, account, number, json_data.ingat_perangkat, session)


def _begin(app: App, account: Outcome, number: str, nama: str | None, session: Outcome | None) -> Any:
    """What was open before under this account ends: the slip may answer a stolen phone."""
    if not account.state["aktif"]:
        raise Problem("akun-nonaktif")
    app.sessions.end_all(account.id)
    app.exchange.forget_account(account.id)
    whose = subject(number)
    app.tries.know(whose)
    kept = remembered(app, whose, nama, "pin" if session is None else "kontak")
    return sesi.begin(app, account, app.settings.session_resident, kept)


def _session(app: App) -> Outcome | None:
    """The account of the contact in whose session a slip is used. Raises `dilarang` for staff and PIN sessions."""
    caller = identity.anyone()
    if caller is None:
        return None
    session = app.sessions.find(request.environ.get(door.SESSION, ""))
    account = app.direktori.get(caller.sub)
    if (
        session is None
        or account is None
        or account.state["jenis"] != akun.WARGA
        or session.lewat != "kontak"
    ):
        raise Problem("dilarang")
    return account
