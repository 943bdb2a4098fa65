"""Who stands in for a lurah or a camat, from when to when."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import request

from chassis.aggregate import Cause
from chassis.ids import new_id
from persetujuan.application import delegasi, pejabat
from persetujuan.domain.delegasi import Delegasi, Pemberi, boleh
from persetujuan.entrypoints.http.bagian import bagian, problems
from persetujuan.entrypoints.http.models_delegasi import DaftarDelegasi, DelegasiKeluar, DelegasiMasuk
from web import commands
from web.identity import Identity, caller
from web.problems import Problem

bp = APIBlueprint("delegasi", __name__, url_prefix="/v1/delegasi", tag="delegasi")
PEMBERI = ("lurah", "camat", "admin_kecamatan", "operator")


@bp.get("")
@bp.output(DaftarDelegasi)
@bp.doc(
    summary="Who stands in for the signer of an office (?kantor=), over or not",
    responses=problems(s401="not signed in", s403="outside the caller's area"),
)
def daftar() -> dict[str, Any]:
    siapa = caller(*PEMBERI, "seklur", "sekcam", "admin_kantor", "inspektur")
    kantor = request.args.get("kantor") or next(iter(siapa.wilayah), "")
    if not kantor or not siapa.covers(kantor):
        raise Problem("dilarang")
    return {"delegasi": [_shown(d) for d in delegasi.daftar(bagian().pejabat, kantor)]}


@bp.post("")
@bp.input(DelegasiMasuk)
@bp.output(DelegasiKeluar, status_code=201)
@bp.doc(
    summary="Let somebody stand in: by the signer himself, or a Plh. by the administrator above",
    description="Needs an Idempotency-Key.",
    responses=problems(
        s401="not signed in",
        s403="neither the signer nor the administrator above; oneself",
        s409="somebody else stands in then, or dates and office do not fit; an official is not entered yet",
        s422="fields are wrong",
    ),
)
def tunjuk(json_data: DelegasiMasuk) -> Any:
    app, siapa = bagian(), caller(*PEMBERI)
    cause = commands.command(siapa.sub, json_data.model_dump())
    title = delegasi.jabatan(app.pejabat, json_data.peran, json_data.kantor)
    new = Delegasi(id=new_id(), untuk=title, oleh=siapa.sub, **json_data.model_dump())
    giver = _pemberi(siapa)
    boleh(giver, new)
    app.audit.append(new.kantor, actor=siapa.sub, action="delegasi.ditunjuk", subject=new.akun)
    saved = delegasi.tambah(app.pejabat, new, giver, cause)
    same = [
        d
        for d in delegasi.milik(saved.state)
        if (d.peran, d.kantor, d.mulai) == (new.peran, new.kantor, new.mulai)
    ]
    return commands.answer(saved, _shown(same[-1]), 201)


@bp.delete("/<akun>/<id>")
@bp.output({}, status_code=204)
@bp.doc(
    summary="End it at once",
    responses=problems(
        s401="not signed in", s403="neither the signer nor the administrator above", s404="not there"
    ),
)
def cabut(akun: str, id: str) -> Any:
    app, siapa = bagian(), caller(*PEMBERI)
    record = pejabat.baca(app.pejabat, akun)
    found = [d for d in delegasi.milik(record.state if record else None) if d.id == id]
    if not found:
        raise Problem("tidak-ditemukan")
    giver = _pemberi(siapa)
    boleh(giver, found[0])
    app.audit.append(found[0].kantor, actor=siapa.sub, action="delegasi.dicabut", subject=akun)
    delegasi.cabut(app.pejabat, akun, id, giver, Cause.command(f"{siapa.sub}:cabut:{id}"))
    return ""


def _pemberi(siapa: Identity) -> Pemberi:
    return Pemberi(akun=siapa.sub, peran=siapa.peran, wilayah=siapa.wilayah)


def _shown(d: Delegasi) -> dict[str, Any]:
    names = ("id", "akun", "peran", "kantor", "untuk", "cara", "dasar", "oleh", "dicabut")
    return {name: getattr(d, name) for name in names} | {
        "mulai": d.mulai.isoformat(),
        "sampai": d.sampai.isoformat(),
    }
